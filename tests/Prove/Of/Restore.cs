namespace GroupTicketing.Prove.Of;

/// <summary>An old backup is put back under tools that went on living: what was done since is found again on both
/// sides, and not done twice.</summary>
static class Restore
{
    public static async Task<Verdict> Run(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup());
        using var people = new Operator(machines);
        var intervenant = Intervenant.Of(machines);
        var half = run.Tickets / 2;
        await new Load(half).Send(machines);
        await intervenant.Ends();
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(3));
        var backup = await machines.Backup();

        intervenant = Intervenant.Of(machines);
        await new Load(run.Tickets - half) { First = half + 1 }.Send(machines);
        await More(machines, half);
        await intervenant.Ends(TimeSpan.FromSeconds(30));
        // Some of it is still on its way.
        await new Load(half / 4) { First = run.Tickets + 1, Comments = 1, Pause = TimeSpan.Zero }.Send(machines);
        await machines.KillAll();
        await machines.PutBack(backup);
        await machines.StartProduct();
        var repaired = await people.UntilEqual();
        run.Say($"found again on the schools' side and in iTop after the restore: {repaired}");
        intervenant = Intervenant.Of(machines);
        await intervenant.Ends();
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(5));
    }

    // Old tickets go on, too.
    static Task More(Machines machines, int tickets) =>
        Parallel.ForEachAsync(
            Enumerable.Range(1, tickets),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (number, _) =>
            {
                foreach (var comment in new[] { 3, 4 })
                    await machines.Says(
                        $"{number}",
                        "ticket.commented",
                        new()
                        {
                            ["id"] = $"c{comment}",
                            ["text"] = $"Commentaire {comment}",
                            ["by"] = "support",
                        }
                    );
            }
        );
}
