namespace GroupTicketing.Prove.Of;

/// <summary>A process stands still for longer than its lease, a wire swallows everything for a minute, a clock is ten
/// minutes wrong.</summary>
static class Pause
{
    static readonly TimeSpan Wrong = TimeSpan.FromMinutes(10);

    public static async Task<Verdict> Run(ProofRun run)
    {
        // Longer than the lease of a call to iTop: 30 s and its grace.
        var stopped = TimeSpan.FromSeconds(run.Small ? 8 : 70);
        var held = TimeSpan.FromSeconds(run.Small ? 8 : 60);
        return await Stopped(run, stopped) + await Held(run, held) + await Clocks(run, Wrong) + await Clocks(run, -Wrong);
    }

    static async Task<Verdict> Stopped(ProofRun run, TimeSpan time)
    {
        await using var machines = await Machines.Start(
            run.Setup() with
            {
                Latency = 300,
                Instances = run.Mode is Mode.Distributed ? 2 : 1,
            }
        );
        var intervenant = Intervenant.Of(machines);
        var load = new Load(run.Tickets) { Comments = 1, Pause = TimeSpan.FromMilliseconds(500) }.Send(machines);
        await Task.Delay(TimeSpan.FromSeconds(3));
        foreach (var part in machines.Parts.Where(part => !part.Contains('-')))
            await machines.Pause(part, part is "" or "itop" ? time : TimeSpan.FromSeconds(12));
        await load;
        return await Ended(run, machines, intervenant, $"stood still {time.TotalSeconds:0} s");
    }

    static async Task<Verdict> Held(ProofRun run, TimeSpan time)
    {
        Gate? gate = null;
        await using var machines = await Machines.Start(
            run.Setup() with
            {
                Latency = 100,
                ItopThrough = itop => (gate ??= Gate.To(itop)).Url,
            }
        );
        await using var wire = gate!;
        var intervenant = Intervenant.Of(machines);
        var load = new Load(run.Tickets) { Comments = 1, Pause = TimeSpan.FromMilliseconds(300) }.Send(machines);
        await Task.Delay(TimeSpan.FromSeconds(2));
        wire.Hold();
        await Task.Delay(time);
        wire.Release();
        await load;
        return await Ended(run, machines, intervenant, $"the wire to iTop swallowed all for {time.TotalSeconds:0} s");
    }

    static async Task<Verdict> Ended(ProofRun run, Machines machines, Intervenant intervenant, string what)
    {
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(8));
        await intervenant.Ends();
        var verdict = await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
        run.Say($"{what}: {verdict}");
        return verdict;
    }

    // Only the product's clock: what the school signs is refused, and what it is told it refuses. Once the clock is
    // right all of it comes.
    static async Task<Verdict> Clocks(ProofRun run, TimeSpan wrong)
    {
        await using var machines = await Machines.Start(run.Setup());
        using var poster = new Poster(machines);
        await Stream.Of(poster, 1, 10);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(1));
        await Put(machines, wrong);
        var refused = await poster.Opens("100");
        run.Bound($"signed ten minutes off ({wrong:c})", "401", $"{refused.Status}", refused.Status == 401);
        poster.Offset = wrong;
        await Stream.Of(poster, 11, 10);
        await Doors.Until(
            () =>
                Task.FromResult(
                    Ledgers.School(machines).Any(line => line.GetProperty("status").GetInt32() == 401) || Created(machines) == 20
                ),
            "the school refuses what is signed by the wrong clock",
            TimeSpan.FromMinutes(2)
        );
        var told = Ledgers.School(machines).Count(line => line.GetProperty("dir").GetString() == "told");
        run.Bound("told by the wrong clock", "10 from before, none since", $"{told}", told == 10);
        poster.Offset = TimeSpan.Zero;
        await Put(machines, TimeSpan.Zero);
        await Stream.Of(poster, 100, 1);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(14));
        var verdict = await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
        run.Say($"the clock {wrong:c} wrong, and right again: {verdict}");
        return verdict;
    }

    static int Created(Machines machines) => Ledgers.Itop(machines).Count(line => line.GetProperty("op").GetString() == "create");

    static async Task Put(Machines machines, TimeSpan offset)
    {
        await machines.StopProduct();
        machines.Settings["GROUPTICKETING__Clock__Offset"] = $"{offset}";
        await machines.StartProduct();
    }
}
