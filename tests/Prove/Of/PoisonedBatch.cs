using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GroupTicketing.Prove.Of;

/// <summary>
/// iTop answers code 100, nothing or half an answer whenever one of three requests is read: the others are told as
/// ever, the three are named, and all of theirs comes once iTop can show them again.
/// </summary>
static class PoisonedBatch
{
    static readonly string[] shapes = ["code100", "empty", "broken"];
    static readonly TimeSpan toldWithin = TimeSpan.FromSeconds(20);

    // The first pause of what is put aside, a reading, and a machine that is busy.
    static readonly TimeSpan firstPause = TimeSpan.FromSeconds(90);
    static readonly TimeSpan patience = TimeSpan.FromMinutes(3);

    public static async Task<Verdict> Run(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup());
        using var people = new Operator(machines);
        await new Load(run.Tickets) { Comments = 1, Pause = TimeSpan.Zero }.Send(machines);
        await Ledgers.Drained(machines, patience);
        var ids = Ledgers
            .Itop(machines)
            .Where(line => line.GetProperty("op").GetString() == "create")
            .ToDictionary(line => Ledgers.NumberOf(line)!, line => line.GetProperty("id").GetString()!);
        var (others, back) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round < run.Kills; round++)
        {
            // Which of them comes first in a batch, and so spoils it, changes from round to round.
            var bad = Enumerable
                .Range(0, shapes.Length)
                .Select(shape => $"{1 + ((round + (shape * (1 + round))) % run.Tickets)}")
                .Distinct()
                .ToList();
            await Poison(machines, [.. bad.Select(number => ids[number])]);
            foreach (var (number, id) in ids)
                await Says(machines, id, Text(round, number));
            others = Longer(others, await Told(machines, ids.Keys.Except(bad), round));
            await Doors.Until(async () => bad.All((await Named(people)).Contains), "the bad ones are named", patience);
            var early = await Count(machines, bad, round);
            run.Bound($"told of what iTop cannot show, round {round + 1}", "0", $"{early}", early == 0);
            await Poison(machines, []);
            back = Longer(back, await Told(machines, bad, round));
            await Doors.Until(async () => (await Named(people)).Count == 0, "none is named any more", patience);
        }
        run.Bound("the others are told within", toldWithin, others);
        run.Bound("once healed the bad ones are told within", firstPause, back);
        var (lost, doubled) = await Weighed(machines, [.. ids.Keys], run.Kills);
        var verdict = await Judge.Drained(machines, run, patience);
        return verdict with { Lost = verdict.Lost + lost, Duplicated = verdict.Duplicated + doubled };

        async Task<IReadOnlySet<string>> Named(Operator who) =>
            (await who.Findings())
                .Where(one => one is { Side: "itop", Code: "unread-item" })
                .Select(one => ids.Single(pair => pair.Value == one.What).Key)
                .ToHashSet();
    }

    static Task Poison(Machines machines, IReadOnlyList<string> ids) =>
        machines.Faults(machines.Itop, new { poisoned = ids.Select(int.Parse), poisonedShape = string.Join(',', shapes) });

    static string Text(int round, string number) => $"Réponse {round + 1} du groupe à {number}.";

    static async Task Says(Machines machines, string id, string text)
    {
        var log = new JsonObject { ["add_item"] = new JsonObject { ["message"] = text, ["format"] = "text" } };
        var answer = await machines.InItop(
            new()
            {
                ["operation"] = "core/update",
                ["class"] = "UserRequest",
                ["key"] = id,
                ["comment"] = "test",
                ["fields"] = new JsonObject { ["public_log"] = log },
                ["output_fields"] = "id",
            }
        );
        if (answer["code"]?.GetValue<int>() is not 0)
            throw new InvalidOperationException($"iTop refuses an entry: {answer}");
    }

    static async Task<TimeSpan> Told(Machines machines, IEnumerable<string> numbers, int round)
    {
        var (began, waiting) = (DateTime.UtcNow, numbers.ToList());
        await Doors.Until(async () =>
        {
            var told = await Heard(machines, waiting, round);
            waiting.RemoveAll(number => told[number] > 0);
            return waiting.Count == 0;
        }, $"what was said in round {round + 1} is told", patience);
        return DateTime.UtcNow - began;
    }

    static async Task<int> Count(Machines machines, IReadOnlyList<string> numbers, int round) =>
        (await Heard(machines, numbers, round)).Values.Sum();

    static async Task<(int Lost, int Doubled)> Weighed(Machines machines, IReadOnlyList<string> numbers, int rounds)
    {
        var (lost, doubled) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var told = await Heard(machines, numbers, round);
            lost += told.Values.Count(times => times == 0);
            doubled += told.Values.Sum(times => Math.Max(0, times - 1));
        }
        return (lost, doubled);
    }

    /// <summary>How often each ticket's school has a round's words.</summary>
    static async Task<Dictionary<string, int>> Heard(Machines machines, IReadOnlyList<string> numbers, int round)
    {
        var heard = new Dictionary<string, int>();
        foreach (var number in numbers)
        {
            var shown = JsonNode.Parse(await machines.Http.GetStringAsync(new Uri(machines.School, $"sim/tickets/{number}")))!;
            heard[number] = shown["told"]!
                .AsArray()
                .Count(one => Regex.Unescape(one!["data"]!.ToJsonString()).Contains(Text(round, number)));
        }
        return heard;
    }

    static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
