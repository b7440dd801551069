using GroupTicketing.Prove.Hosted;

namespace GroupTicketing.Prove.Of;

/// <summary>Some tickets cannot be decided on: each stops alone and is seen, the others go on; once the fault is mended
/// they are released, and come in order.</summary>
static class Poison
{
    const string Mark = "Empoisonné";
    const int EachOf = 20;
    const int Comments = 2;

    static readonly TimeSpan Seen = TimeSpan.FromSeconds(10);

    // Not more than two processors do with each service alone: else what is seen is how long the queue before it is.
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task<Verdict> Run(ProofRun run)
    {
        var setup = run.Setup() with { Program = typeof(Poison).Assembly.Location };
        var load = new Load(run.Tickets) { Comments = Comments, Pause = Pause };
        var control = await Controlled.Run(run, setup, load);
        await using var machines = await Machines.Start(
            setup with
            {
                Settings = new Dictionary<string, string> { [PoisonedDecider.Variable] = Mark },
            }
        );
        using var poster = new Poster(machines);
        using var people = new Operator(machines);
        var intervenant = Intervenant.Of(machines);
        var poisoned = Math.Max(2, run.Tickets / EachOf);
        var others = load.Send(machines);
        for (var number = 1; number <= poisoned; number++)
        {
            await Taken(poster.Opens($"{run.Tickets + number}", title: Mark));
            for (var comment = 1; comment <= Comments; comment++)
                await Taken(poster.Comments($"{run.Tickets + number}", comment));
        }
        var since = DateTime.UtcNow;
        await Doors.Until(
            async () => (await Quarantined(people)).Count == poisoned,
            $"{poisoned} are seen in quarantine",
            TimeSpan.FromSeconds(60)
        );
        run.Bound("the last one seen in quarantine after", Seen, DateTime.UtcNow - since);
        var reasons = (await Quarantined(people)).Select(row => row.LastError).Distinct().ToList();
        run.Bound(
            "reasons shown",
            "one, with the exception's type",
            string.Join("; ", reasons),
            reasons is [{ } reason] && reason.Contains(nameof(InvalidOperationException))
        );
        await others;
        await Doors.Until(
            async () => await machines.Pending() == poisoned && await machines.Held() == 0,
            "nothing is pending for the others",
            TimeSpan.FromMinutes(3)
        );
        var created = Ledgers.Itop(machines).Count(line => line.GetProperty("op").GetString() == "create");
        run.Bound("the others created meanwhile", $"{run.Tickets}", $"{created}", created == run.Tickets);

        machines.Settings.Remove(PoisonedDecider.Variable);
        await machines.StopProduct();
        await machines.StartProduct();
        foreach (var row in await Quarantined(people))
            await people.Act(row, "release");
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(3));
        await intervenant.Ends();
        return control + await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
    }

    static async Task<IReadOnlyList<PendingRow>> Quarantined(Operator people) =>
        [.. (await people.Pending()).Where(row => row.Lane == "quarantine")];

    static async Task Taken(Task<Posted> posting)
    {
        if (await posting is { Status: not 202 } refused)
            throw new InvalidOperationException($"not taken: {refused.Status} {refused.Answer}");
    }
}
