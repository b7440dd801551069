namespace GroupTicketing.Prove.Of;

/// <summary>iTop is down, everything that comes is taken, everything is killed and started again, iTop comes back. What
/// glue without a store loses whole.</summary>
static class Backlog
{
    public static async Task<Verdict> Run(ProofRun run)
    {
        var load = new Load(run.Tickets) { Comments = 1, AtOnce = 16, Pause = TimeSpan.Zero };
        var control = await Controlled.Run(run, new Setup(), load with { Tickets = Math.Min(run.Tickets, 500) });
        await using var machines = await Machines.Start(run.Setup());
        await machines.StopItop();
        await load.Send(machines);
        var before = Ledgers.Itop(machines).Count(line => line.GetProperty("op").GetString() == "create");
        run.Bound("created while iTop was down", "0", $"{before}", before == 0);
        await machines.KillAll();
        if (run.Engines is { } engines)
        {
            foreach (var name in engines.Names)
                await engines.Kill(name);
        }
        await machines.StartProduct();
        await machines.StartItop();
        var intervenant = Intervenant.Of(machines);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(10));
        await intervenant.Ends();
        return control + await Judge.Drained(machines, run, TimeSpan.FromMinutes(10));
    }
}
