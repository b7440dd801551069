namespace GroupTicketing.Prove;

/// <summary>What proofs do alike.</summary>
static class Controlled
{
    /// <summary>The machines of this run's mode.</summary>
    public static Setup Setup(this ProofRun run) =>
        new() { Engines = run.Engines?.Engines ?? Engines.OfThisRun(), Warned = run.Warned };

    /// <summary>The same load without the fault: what fails here is the proof's own doing, or the product's without any
    /// fault.</summary>
    /// <returns>What came of it; nothing in the suite, where the journeys are the control.</returns>
    public static async Task<Verdict> Run(ProofRun run, Setup setup, Load load)
    {
        if (run.Small)
            return Verdict.None;
        await using var machines = await Machines.Start(setup with { Engines = run.Setup().Engines });
        var intervenant = Intervenant.Of(machines);
        await load.Send(machines);
        await intervenant.Ends();
        var verdict = await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
        run.Say($"control, no fault: {verdict}");
        return verdict;
    }
}
