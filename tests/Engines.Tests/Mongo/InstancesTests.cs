using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Platform.Tests;
using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Engines.Tests;

/// <summary>Several processes on one database: what they do to one ticket at once is done once, in some order, and
/// nothing of it is lost.</summary>
public sealed class InstancesTests : IAsyncLifetime
{
    const int Instances = 4;

    readonly List<MongoStore> stores = [];
    IReadOnlyList<Documents<Notes>> instances = [];

    public async ValueTask InitializeAsync()
    {
        var url = (await MongoEngine.Running()).Fresh();
        stores.AddRange(Enumerable.Range(0, Instances).Select(_ => new MongoStore(url)));
        instances =
        [
            .. stores.Select(store => new Documents<Notes>(
                new Notebook("caller", (_, word) => [new Effect.Call("itop", "itop", "create", new { word.Text })]),
                store,
                new Words(),
                new WakeSignal(),
                new Waves(),
                TimeProvider.System
            )),
        ];
    }

    public ValueTask DisposeAsync()
    {
        stores.ForEach(store => store.Dispose());
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_each_is_told_of_one_ticket_is_kept()
    {
        const int Each = 10;

        await Task.WhenAll(instances.Select((documents, instance) => Task.Run(async () =>
        {
            for (var number = 0; number < Each; number++)
                await documents.Transact("t1", new Word("t1", $"{instance}.{number}").AtTheDoor(), Ct);
        })));

        var lines = (await instances[0].Read("t1", Ct))!.State.Lines;
        foreach (var instance in Enumerable.Range(0, Instances))
        {
            lines.Where(line => line.StartsWith($"{instance}.", StringComparison.Ordinal))
                .ShouldBe(Enumerable.Range(0, Each).Select(number => $"{instance}.{number}"), "each in its order, none twice");
        }
        (await stores[0].AllPending("caller/t1", 10, Ct)).ShouldHaveSingleItem().Count.ShouldBe(Instances * Each);
    }

    [Fact]
    public async Task A_message_that_reaches_all_of_them_is_taken_once()
    {
        var verdicts = await Task.WhenAll(instances.Select(documents => Task.Run(async () =>
            (await documents.Transact("t1", new Word("t1", "once").At(1), Ct)).Verdict)));

        verdicts.Count(verdict => verdict is Verdict.Next).ShouldBe(1);
        verdicts.Count(verdict => verdict is Verdict.Repeat).ShouldBe(Instances - 1);
        (await instances[0].Read("t1", Ct))!.State.Lines.ShouldBe(["once"]);
    }

    [Fact]
    public async Task A_lane_that_all_of_them_claim_is_held_by_one_and_settled_by_it()
    {
        for (var number = 1; number <= 5; number++)
        {
            await instances[number % Instances].Transact("t1", new Word("t1", $"w{number}").AtTheDoor(), Ct);

            var claims = await Task.WhenAll(
                instances.Select(
                    (IDocuments documents) => Task.Run(() => documents.Claim("t1", "itop", TimeSpan.FromSeconds(15), Ct))
                )
            );

            var attempt = claims.Where(claim => claim is not null).ShouldHaveSingleItem().ShouldNotBeNull();
            IDocuments other = instances[(number + 1) % Instances];
            (await other.Settle(attempt, new Answer.Done(), TimeSpan.Zero, Ct)).ShouldBeTrue(
                "whoever holds the attempt may say what became of it"
            );
            (await stores[0].AllPending("caller/t1", 10, Ct)).ShouldBeEmpty();
        }
    }
}
