using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>Entries of the public log, as text.</summary>
public static class WritingChecks
{
    private const string Text =
        "Support (École de conformité, ticket 1, 23/11/2026 17:22)\nété & <b>gras</b> 😀\n— École de conformité · n° 1";

    private static readonly TimeSpan ASecondLater = TimeSpan.FromMilliseconds(1100);

    public static async Task Run(Bench bench)
    {
        var (checks, connector, rest) = (bench.Checks, bench.Connector, bench.Rest);
        await checks.Is("an entry is written and comes back as it was", Text, async () =>
            (await Write(bench, GroupWish.Comment, 1, Text)).Read.Log[^1].Text);
        await checks.Matches("it bears an author and a date", @".+ at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d", async () =>
        {
            var entry = (await connector.Read(bench.Id)).Log[^1];
            return $"{entry.Author} at {entry.Date}";
        });
        await checks.Is("text stays text", "True", async () =>
            (await rest.Get("UserRequest", bench.Id, "public_log")).Log()[^1]!["message_html"]!
                .ToString()
                .Contains("&lt;b&gt;gras&lt;/b&gt;")
                ? "True"
                : "False"
        );
        await checks.Is("the same entry in doubt is seen to stand there", "1", async () =>
            $"{(await Write(bench, GroupWish.Comment, 1, Text, inDoubt: true)).Read.Log.Count}");
        await checks.Is("the next entry comes after it", $"{Text}|{Text.Replace("n° 1", "n° 2")}", async () =>
            string.Join(
                '|',
                (await Write(bench, GroupWish.Comment, 2, Text.Replace("n° 1", "n° 2"))).Read.Log.Select(entry => entry.Text)
            )
        );
        await checks.Is("an entry changes no state", "new", async () => (await connector.Read(bench.Id)).Status);
        await checks.Is("a reminder stands in the private log alone", "Rappel, 2 public", async () =>
        {
            await connector.Writing.Remind(Connector.Attempt(bench.Asked), bench.Ticket, new ItopCall.Remind("Rappel"), default);
            var logs = await rest.Get("UserRequest", bench.Id, "private_log,public_log");
            return $"{logs.Log("private_log")[^1]!["message"]}, {logs.Log().Count} public";
        });
        await checks.Is("saving the same again is no change", "updated, unmoved", async () =>
        {
            var before = (await connector.Read(bench.Id)).LastUpdate;
            await Task.Delay(ASecondLater);
            var answer = await rest.Update(bench.Id, new { origin = "portal" }, "last_update");
            return $"{answer.First["message"]}, {(answer.Field("last_update") == before ? "unmoved" : "moved")}";
        });
        await checks.Matches("a comment of more than 255 characters is refused", "100: .*String too long.*", async () =>
        {
            var call = new
            {
                operation = "core/update",
                comment = new string('x', 300),
                @class = "UserRequest",
                key = bench.Id,
                fields = new { title = "Autre titre" },
                output_fields = "id",
            };
            var answer = await rest.Call(call);
            return $"{answer.Code}: {answer.Message}";
        });
    }

    internal static async Task<Written> Write(Bench bench, GroupWish wish, int? number, string? text, bool inDoubt = false) =>
        Connector.Done<Written>(
            await bench.Connector.Writing.Call(
                Connector.Attempt(bench.Asked, inDoubt),
                bench.Ticket,
                new ItopCall.Write(wish, number, text),
                default
            )
        );
}
