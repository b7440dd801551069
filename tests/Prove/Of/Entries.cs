using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GroupTicketing.Prove.Of;

/// <summary>
/// iTop loses entries of parallel saves: the school's, an agent's and a caller's at once on one ticket, an agent's
/// saved late over ours. After the second reading each of ours stands once, and of
/// theirs each that is lost is said.
/// </summary>
static partial class Entries
{
    const int OfEach = 8;
    const int Most = 100;
    const int MostShown = 100;

    public static async Task<Verdict> Run(ProofRun run)
    {
        // The longer iTop takes, the more saves overlap.
        await using var machines = await Machines.Start(run.Setup() with { Latency = 300 });
        await Parallel.ForEachAsync(Enumerable.Range(1, run.Tickets), async (number, _) =>
        {
            await machines.HandOver($"{number}");
            await machines.Told($"{number}", "group.referenced");
            var ids = Ledgers
                .Itop(machines)
                .Where(line => Ledgers.NumberOf(line) == $"{number}")
                .Select(line => line.GetProperty("id").GetString()!);
            await Task.WhenAll(
                machines.Comments($"{number}", OfEach),
                Writes(machines, ids.First(), "agent"),
                Writes(machines, ids.First(), "demandeur")
            );
        });
        var (lost, twice) = (0, 0);
        await Doors.Until(async () =>
        {
            await Ledgers.Drained(machines, TimeSpan.FromMinutes(3));
            (lost, twice) = await Standing(machines, run.Tickets);
            return lost == 0;
        }, "each of our entries stands", TimeSpan.FromMinutes(4));
        // Nothing is added any more once all stand.
        await Task.Delay(TimeSpan.FromSeconds(35));
        (lost, twice) = await Standing(machines, run.Tickets);
        var again =
            Ledgers.Itop(machines).Count(line => Ours().IsMatch(line.GetProperty("entry").GetString() ?? ""))
            - (run.Tickets * OfEach);
        run.Bound(
            "entries of ours that iTop lost and that were written again",
            "more than 0, or nothing was tried",
            $"{again}",
            again > 0
        );
        await Said(machines, run);
        return new Verdict(lost, twice, 0, 0, run.Tickets);
    }

    // Theirs are nowhere any more: that they are lost is all that can be said, and must be.
    static async Task Said(Machines machines, ProofRun run)
    {
        using var people = new Operator(machines);
        var written = Ledgers.Itop(machines).Count(line => Others().IsMatch(line.GetProperty("entry").GetString() ?? ""));
        var lost = written - (await Texts(machines)).SelectMany(texts => texts).Count(Others().IsMatch);
        // A save of the last minute is not judged yet.
        await Task.Delay(TimeSpan.FromSeconds(30));
        await people.Once();
        var said = await people.Lost();
        run.Bound(
            $"entries of others that iTop lost, of {written}",
            $"{Math.Min(lost, MostShown)} said, and more than 0, or nothing was tried",
            $"{said}",
            said == Math.Min(lost, MostShown) && lost > 0
        );
    }

    // As long as ours are still being written, too: else nothing would overlap on a busy machine.
    static async Task Writes(Machines machines, string id, string who)
    {
        for (var entry = 1; entry <= OfEach || (entry <= Most && OursOn(machines, id) < OfEach); entry++)
        {
            var log = new JsonObject { ["add_item"] = new JsonObject { ["message"] = $"{who} {entry}", ["format"] = "text" } };
            var fields = new JsonObject { ["public_log"] = log };
            var answer = await machines.InItop(
                new()
                {
                    ["operation"] = "core/update",
                    ["class"] = "UserRequest",
                    ["key"] = id,
                    ["comment"] = who,
                    ["fields"] = fields,
                    ["output_fields"] = "id",
                }
            );
            if (answer["code"]?.GetValue<int>() is not 0)
                throw new InvalidOperationException($"iTop refuses an entry: {answer}");
        }
    }

    static int OursOn(Machines machines, string id) =>
        Ledgers
            .Itop(machines)
            .Count(line =>
                line.GetProperty("id").GetString() == id && Ours().IsMatch(line.GetProperty("entry").GetString() ?? "")
            );

    static async Task<IReadOnlyList<IReadOnlyList<string>>> Texts(Machines machines)
    {
        var read = await machines.InItop(
            new()
            {
                ["operation"] = "core/get",
                ["class"] = "UserRequest",
                ["key"] = "SELECT UserRequest",
                ["output_fields"] = "public_log",
            }
        );
        return
        [
            .. read["objects"]!
                .AsObject()
                .Select(ticket =>
                    ticket.Value!["fields"]!["public_log"]!["entries"]!
                        .AsArray()
                        .Select(entry => (string)entry!["message"]!)
                        .ToList()
                ),
        ];
    }

    static async Task<(int Lost, int Twice)> Standing(Machines machines, int asked)
    {
        var (lost, twice) = (0, 0);
        var tickets = await Texts(machines);
        foreach (var texts in tickets)
        {
            for (var comment = 1; comment <= OfEach; comment++)
            {
                var stands = texts.Count(text => text.Contains($"\nCommentaire {comment}\n"));
                (lost, twice) = (lost + (stands == 0 ? 1 : 0), twice + Math.Max(0, stands - 1));
            }
        }
        return (lost + ((asked - tickets.Count) * OfEach), twice);
    }

    [GeneratedRegex("^(agent|demandeur) ")]
    private static partial Regex Others();

    [GeneratedRegex(@"\nCommentaire \d+\n")]
    private static partial Regex Ours();
}
