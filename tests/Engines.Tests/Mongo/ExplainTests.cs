using GroupTicketing.Platform;
using MongoDB.Bson;
using MongoDB.Driver;
using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Engines.Tests;

/// <summary>What is due is found without looking at what is not: by what the engine itself says of how it found it.</summary>
public sealed class ExplainTests(ITestOutputHelper output)
{
    const int Pending = 10;

    [Theory]
    [InlineData(200)]
    [InlineData(2_000)]
    public async Task The_sweep_and_the_gauges_look_at_what_is_pending_not_at_the_reminders(int reminders)
    {
        var url = (await MongoEngine.Running()).Fresh();
        using var store = new MongoStore(url);
        for (var ticket = 0; ticket < reminders; ticket++)
        {
            var key = $"routing/{ticket:D8}";
            var reminder = new PendingLane(key, "clock:silence", Outbox.Clock, Noon.AddDays(1 + (ticket % 30)), Noon, 1);
            PendingLane[] pending =
                ticket % (reminders / Pending) == 0
                    ? [reminder, new(key, "itop", "itop", Noon.AddMinutes(-1), Noon, 1)]
                    : [reminder];
            await store.Save(Doc(key, 1), pending, Ct);
        }

        (string What, BsonDocument[] Stages)[] asked =
        [
            ("sweep: targets", MongoLanes.DueTargets(Noon)),
            ("sweep: iTop", MongoLanes.Due("itop", Noon, 500)),
            ("sweep: reminders", MongoLanes.Due(Outbox.Clock, Noon, 500)),
            ("gauges", MongoLanes.ByTarget()),
        ];
        foreach (var (what, stages) in asked)
        {
            var plan = await Explain(url, stages);
            output.WriteLine($"{what}: {Examined(plan)} looked at");
            Examined(plan).ShouldBeLessThanOrEqualTo(2 * Pending, what);
        }
    }

    static Task<BsonDocument> Explain(string url, BsonDocument[] stages) =>
        new MongoClient(url)
            .GetDatabase(MongoUrl.Create(url).DatabaseName)
            .RunCommandAsync<BsonDocument>(
                new BsonDocument
                {
                    {
                        "explain",
                        new BsonDocument
                        {
                            { "aggregate", "documents" },
                            { "pipeline", new BsonArray(stages) },
                            { "cursor", new BsonDocument() },
                        }
                    },
                    { "verbosity", "executionStats" },
                }
            );

    // MongoDB says it at each stage that looked; a stand-in once.
    static long Examined(BsonValue plan) => plan switch
    {
        BsonDocument said when said.TryGetValue("totalDocsExamined", out var examined) => examined.ToInt64(),
        BsonDocument said => said.Values.Sum(Examined),
        BsonArray all => all.Sum(Examined),
        _ => 0,
    };
}
