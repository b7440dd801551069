using System.Text.Json.Nodes;

namespace GroupTicketing.Prove.Of;

/// <summary>iTop answers everything but what it should: each answer is met as its kind wants, and of many mixed no
/// ticket is created wrongly.</summary>
static class Misbehave
{
    const string Retried = "retried", Looked = "looked first", Parked = "parked";

    // What is known not to be done is tried again; after what nobody knows iTop is asked first; what another try would
    // not change waits for a person.
    static readonly (string Shape, string Met)[] kinds =
    [
        ("html500", Looked), ("html200", Looked), ("truncated", Looked), ("silence", Looked),
        ("maintenance", Retried), ("readOnly", Retried), ("deadlock", Retried), ("lockWait", Retried), ("redirect", Retried),
        ("refusal", Parked),
    ];

    public static async Task<Verdict> Run(ProofRun run) => await Kinds(run) + await Mixed(run);

    static async Task<Verdict> Kinds(ProofRun run)
    {
        // Nothing but our own calls: no poll between the fault and the next try.
        await using var machines = await Machines.Start(
            run.Setup() with
            {
                Settings = new Dictionary<string, string> { ["GROUPTICKETING__Itop__PollEvery"] = "00:05:00" },
            }
        );
        using var people = new Operator(machines);
        await machines.HandOver("1");
        await machines.Told("1", "group.referenced");
        var number = 1;
        foreach (var (shape, met) in kinds.Where(kind => !run.Small || kind.Shape != "silence"))
        {
            await machines.Faults(
                machines.Itop,
                new
                {
                    shapes = new Dictionary<string, double> { [shape] = 1 },
                    shapesOnCreates = true,
                    shapesTimes = 1,
                    doneShare = 1.0,
                }
            );
            await machines.HandOver($"{++number}");
            var how = await Met(machines, people, shape);
            run.Bound($"after {shape}", met, how, how == met);
            await Doors.Until(
                async () =>
                    (await machines.Http.GetStringAsync(new Uri(machines.School, $"sim/tickets/{number}"))).Contains(
                        "\"group.referenced\""
                    ),
                $"{number} is told",
                TimeSpan.FromMinutes(3)
            );
        }
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
    }

    static async Task<string> Met(Machines machines, Operator people, string shape)
    {
        string how = "";
        await Doors.Until(
            async () =>
            {
                var calls = JsonNode
                    .Parse(await machines.Http.GetStringAsync(new Uri(machines.Itop, "sim/calls/last")))!
                    .AsArray()
                    .Select(call => call!.GetValue<string>())
                    .ToList();
                var after = calls.SkipWhile(call => call != $"fault {shape}").Skip(1);
                // What was done behind a bad answer is noted after it.
                var next = after.Skip(shape is "html500" or "html200" or "truncated" or "silence" ? 1 : 0).FirstOrDefault();
                how = next switch
                {
                    null => "",
                    "core/create UserRequest" => Retried,
                    _ => Looked,
                };
                return how.Length > 0 || await Park(people);
            },
            $"iTop is tried again after {shape}",
            TimeSpan.FromMinutes(3)
        );
        return how.Length > 0 ? how : Parked;
    }

    // Seen by a person, who has it tried again.
    static async Task<bool> Park(Operator people)
    {
        if ((await people.Pending()).FirstOrDefault(row => row.NextTry is null) is not { } stopped)
            return false;
        await people.Act(stopped, "retry");
        return true;
    }

    static async Task<Verdict> Mixed(ProofRun run)
    {
        var load = new Load(run.Tickets) { Comments = 1, AtOnce = 8 };
        var control = await Controlled.Run(run, new Setup(), load with { Tickets = Math.Min(run.Tickets, 200) });
        await using var machines = await Machines.Start(run.Setup());
        var intervenant = Intervenant.Of(machines);
        var shapes = kinds
            .Where(kind => kind.Met != Parked)
            .ToDictionary(
                kind => kind.Shape,
                kind =>
                    kind.Shape == "silence"
                        ? run.Small
                            ? 0
                            : 0.0005
                        : 0.004
            );
        await machines.Faults(machines.Itop, new { shapes, doneShare = 0.5, seed = run.Seed });
        await load.Send(machines);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(15));
        await machines.Faults(machines.Itop, new { shapes = new Dictionary<string, double>() });
        await intervenant.Ends();
        return control + await Judge.Drained(machines, run, TimeSpan.FromMinutes(10));
    }
}
