namespace GroupTicketing.Prove.Of;

/// <summary>What everything is written to goes away and comes back: without the broker the door takes and what is pending waits;
/// without the store, its disk or its word that it is on disk, nothing is taken
/// and nothing half-kept. Nobody lends a hand.</summary>
static class EnginesAway
{
    static readonly TimeSpan Away = TimeSpan.FromSeconds(8);

    public static Task<Verdict> Run(ProofRun run) => run.Mode is Mode.Distributed ? Distributed(run) : Embedded(run);

    static async Task<Verdict> Distributed(ProofRun run)
    {
        var engines = run.Engines ?? throw new InvalidOperationException("the engines are not this run's own");
        await using var machines = await Machines.Start(run.Setup());
        using var poster = new Poster(machines);
        var intervenant = Intervenant.Of(machines);
        await Tried(
            run,
            machines,
            poster,
            "without RabbitMQ",
            1,
            () => engines.Stop(engines.Bus),
            () => engines.Begin(engines.Bus),
            takes: true
        );
        await Tried(
            run,
            machines,
            poster,
            "without MongoDB",
            10_001,
            () => engines.Stop(engines.Store),
            () => engines.Begin(engines.Store),
            takes: false
        );
        await intervenant.Ends();
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
    }

    static async Task<Verdict> Embedded(ProofRun run)
    {
        await using var disk = await SmallDisk.Mount();
        await using var machines = await Machines.Start(run.Setup() with { Data = disk.Folder });
        using var poster = new Poster(machines);
        var intervenant = Intervenant.Of(machines);
        await Tried(run, machines, poster, "on a full disk of 64 MiB", 1, disk.Fill, disk.Empty, takes: null);
        NoSync? noSync = null;
        await Tried(
            run,
            machines,
            poster,
            "while fsync and fdatasync answer EIO",
            10_001,
            async () => noSync = await NoSync.Of(machines.ProductIds.Single()),
            () => noSync!.Ends(),
            takes: false
        );
        await intervenant.Ends();
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
    }

    static async Task Tried(
        ProofRun run,
        Machines machines,
        Poster poster,
        string what,
        int first,
        Func<Task> away,
        Func<Task> back,
        bool? takes
    )
    {
        await Stream.Of(poster, first, run.Tickets);
        await away();
        var answers = new List<int>();
        var until = DateTime.UtcNow + Away;
        for (
            var number = first + run.Tickets;
            number < first + (2 * run.Tickets) && (DateTime.UtcNow < until || answers.Count < 5);
            number++
        )
            answers.Add((await poster.Opens($"{number}")).Status);
        run.Say(
            $"     {what}: "
                + $"{string.Join(", ", answers.CountBy(answer => answer).Select(answer => $"{answer.Key} {answer.Value} times"))}"
        );
        // What still fits into the service the store has made itself before is rightly taken; the judge sees whether it was kept.
        var (aim, right) = takes switch
        {
            true => ("all 202", answers.All(answer => answer == 202)),
            false => ("no 2xx", answers.All(answer => answer is 0 or >= 500)),
            null => (
                "202 or 5xx, some 5xx",
                answers.All(answer => answer is 0 or 202 or >= 500) && answers.Any(answer => answer >= 500)
            ),
        };
        run.Bound($"answers {what}", aim, right ? "so" : "not so", right);
        await back();
        var began = DateTime.UtcNow;
        // As a tool does: what was not taken is sent again under the same id.
        for (var number = first + run.Tickets; number < first + run.Tickets + answers.Count; number++)
            await Doors.Until(
                async () => (await poster.Opens($"{number}")).Status == 202,
                "taken again",
                TimeSpan.FromMinutes(2)
            );
        run.Bound($"{what}: taken again by itself after", TimeSpan.FromSeconds(60), DateTime.UtcNow - began);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(5));
    }
}
