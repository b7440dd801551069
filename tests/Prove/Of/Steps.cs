using GroupTicketing.Prove.Hosted;

namespace GroupTicketing.Prove.Of;

/// <summary>A crash at every point of a ticket's way, in a process that kills itself there; and creates that iTop
/// commits long after its caller has gone.</summary>
static class Steps
{
    // Each point and the service it lies in.
    static readonly (string Point, string Service)[] points =
    [
        ("intake-before-write", "intake"), ("intake-after-write", "intake"),
        ("create-before-call", "itop"), ("create-under-way", "itop"), ("create-answer-unread", "itop"),
        ("reference-before-write", "itop"), ("reference-after-write", "itop"),
        ("callback-before", "notification"), ("callback-after", "notification"),
        ("told-before-write", "notification"), ("told-after-write", "notification"),
    ];

    // In one process what is said is in the commit that says it.
    static readonly (string Point, string Service)[] between = [("publish-before", "intake"), ("publish-after", "routing")];

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // So few that iTop keeps up while its connector is down half of the time: else the queue at the end is as long as
    // the proof took.
    static readonly TimeSpan BetweenTickets = TimeSpan.FromSeconds(1);

    public static async Task<Verdict> Run(ProofRun run)
    {
        // Both are mostly waiting for what iTop may still be doing.
        var (crashes, late) = (Crashes(run), LateCommits(run));
        return await crashes + await late;
    }

    static async Task<Verdict> Crashes(ProofRun run)
    {
        var setup = run.Setup() with { Latency = 80, Program = typeof(Steps).Assembly.Location };
        var control = await Controlled.Run(run, setup, new Load(100));
        await using var machines = await Machines.Start(setup);
        var witness = Path.Combine(machines.Folder, "crashes");
        var intervenant = Intervenant.Of(machines);
        var crashed = Armed(run, machines, witness);
        var number = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    while (!crashed.IsCompleted)
                    {
                        await new Load(1) { Comments = 1, Pause = TimeSpan.FromMilliseconds(150) }.One(
                            machines,
                            Interlocked.Increment(ref number)
                        );
                        await Task.Delay(BetweenTickets);
                    }
                })
        );
        await crashed;
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(8));
        await intervenant.Ends();
        var happened = File.ReadAllLines(witness).CountBy(point => point).ToDictionary();
        foreach (var (point, _) in PointsOf(run))
            run.Bound(
                $"crashes at {point}",
                $"{run.Kills}",
                $"{happened.GetValueOrDefault(point)}",
                happened.GetValueOrDefault(point) == run.Kills
            );
        return control + await Judge.Drained(machines, run, TimeSpan.FromMinutes(5));
    }

    static async Task Armed(ProofRun run, Machines machines, string witness)
    {
        foreach (var (point, service) in PointsOf(run))
        {
            var part = run.Mode is Mode.Embedded ? "" : service;
            for (var time = 0; time < run.Kills; time++)
            {
                await machines.KillIfAlive(part);
                machines.Settings[Crash.Variable] = Crash.Arming(point, run.Chance.Next(1, 5), witness);
                // It may be over before it is ready.
                machines.BeginProduct();
                if (!await machines.Ended(part, Patience))
                    run.Say($"     {point} was not come by within {Patience.TotalSeconds:0} s");
            }
            machines.Settings.Remove(Crash.Variable);
            await machines.KillIfAlive(part);
            await machines.StartProduct();
        }
    }

    static IEnumerable<(string Point, string Service)> PointsOf(ProofRun run) =>
        run.Mode is Mode.Embedded ? points : points.Concat(between);

    static async Task<Verdict> LateCommits(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup());
        await machines.Faults(
            machines.Itop,
            new
            {
                createCommitLateMs = new { min = 0, max = 45_000 },
                createCommitLateShare = 1.0,
                seed = run.Seed,
            }
        );
        await new Load(run.Tickets) { Comments = 0, Pause = TimeSpan.Zero }.Send(machines);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(15));
        var verdict = await Judge.Of(machines, run.Say);
        run.Say($"created in iTop 0 to 45 s after the connection broke, answer never read: {verdict}");
        return verdict;
    }
}
