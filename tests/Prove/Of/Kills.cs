namespace GroupTicketing.Prove.Of;

/// <summary>kill -9 of every process at random moments, each time with something in flight.</summary>
static class Kills
{
    // A victim again and again in turn, in a random order each round: chance alone would spare one for long.
    public static async Task<Verdict> Run(ProofRun run)
    {
        var control = await Controlled.Run(run, new Setup(), new Load(Math.Min(run.Tickets, 300)));
        await using var machines = await Machines.Start(run.Setup());
        var intervenant = Intervenant.Of(machines);
        var victims = new Dictionary<string, int>();
        var kills = Killer(run, machines, victims);
        var load = new Load(run.Tickets) { Pause = TimeSpan.FromMilliseconds(200) };
        await load.Send(machines);
        // Whoever kills needs something in flight.
        for (var more = run.Tickets + 1; !kills.IsCompleted; more++)
            await load.One(machines, more);
        await kills;
        await intervenant.Ends();
        var verdict = await Judge.Drained(machines, run, TimeSpan.FromMinutes(5));
        var times = victims
            .OrderBy(victim => victim.Key)
            .Select(victim => $"{(victim.Key.Length == 0 ? "the process" : victim.Key)} {victim.Value} times");
        run.Say($"killed: {string.Join(", ", times)}");
        run.Bound("kills", $"{run.Kills}", $"{victims.Values.Sum()}", victims.Values.Sum() == run.Kills);
        if (!run.Small)
            run.Bound("each killed", "at least 3 times", $"{victims.Values.Min()} at least", victims.Values.Min() >= 3);
        return control + verdict;
    }

    static async Task Killer(ProofRun run, Machines machines, Dictionary<string, int> victims)
    {
        string[] mortal = [.. machines.Parts, .. run.Engines?.Names ?? []];
        var round = new Queue<string>();
        for (var kill = 0; kill < run.Kills;)
        {
            await Task.Delay(run.Chance.Next(200, 1_200));
            if (await machines.Pending() == 0)
                continue;
            if (round.Count == 0)
                round = new Queue<string>(mortal.OrderBy(_ => run.Chance.Next()));
            var victim = round.Dequeue();
            if (run.Engines?.Names.Contains(victim) == true)
            {
                await run.Engines.Kill(victim);
            }
            else
            {
                await machines.Kill(victim);
                await machines.StartProduct();
            }
            victims[victim] = victims.GetValueOrDefault(victim) + 1;
            kill++;
        }
    }
}
