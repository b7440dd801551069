using GroupTicketing.Prove.Hosted;

namespace GroupTicketing.Prove.Of;

/// <summary>An even load for long: what the process holds after a full collection has no trend. At five tickets a
/// second 9,000 are half an hour, 144,000 eight hours.</summary>
static class Soak
{
    const int PerSecond = 5;
    const double MostGrowth = 0.10;
    const int MostMoreHandles = 10;

    public static async Task<Verdict> Run(ProofRun run)
    {
        using var gauge = new GaugeFile();
        await using var machines = await Machines.Start(gauge.In(run.Setup()));
        var intervenant = Intervenant.Of(machines);
        var pending = new List<int>();
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var lives = new List<Task>();
        for (var number = 1; number <= run.Tickets; number += PerSecond)
        {
            lives.Add(new Load(Math.Min(PerSecond, run.Tickets - number + 1)) { First = number, Comments = 1 }.Send(machines));
            if (number / PerSecond % 10 == 0)
                pending.Add(await machines.Pending());
            await second.WaitForNextTickAsync();
        }
        await Task.WhenAll(lives);
        var held = gauge.All;
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(2));
        await intervenant.Ends();
        // What starts and warms up is not the trend.
        var rest = held.Skip(held.Count / 3).ToList();
        var (early, late) = (rest.Take(rest.Count / 2).ToList(), rest.Skip(rest.Count / 2).ToList());
        Level(
            run,
            "live bytes after a full collection",
            early,
            late,
            one => one.Live,
            from => from * (1 + MostGrowth) + 1_000_000
        );
        Level(run, "handles", early, late, one => one.Handles, from => from + MostMoreHandles);
        Level(run, "threads", early, late, one => one.Threads, from => from + MostMoreHandles);
        var before = pending.Take(pending.Count / 2).DefaultIfEmpty().Average();
        var since = pending.Skip(pending.Count / 2).DefaultIfEmpty().Average();
        run.Bound(
            "lanes pending, second half against first",
            "at most 20 more",
            $"{since:0.0} against {before:0.0}",
            since <= before + 20
        );
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
    }

    static void Level(
        ProofRun run,
        string what,
        List<Held> early,
        List<Held> late,
        Func<Held, double> of,
        Func<double, double> most
    )
    {
        var (from, to) = (Middle(early, of), Middle(late, of));
        run.Bound(what, $"at most {most(from):#,0}", $"{to:#,0}, from {from:#,0}", to <= most(from));
    }

    static double Middle(List<Held> held, Func<Held, double> of) =>
        held.Count == 0 ? 0 : held.Select(of).Order().ElementAt(held.Count / 2);
}
