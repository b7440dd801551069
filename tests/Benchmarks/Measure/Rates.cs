using System.Diagnostics;
using GroupTicketing.Benchmarks.Gateway;

namespace GroupTicketing.Benchmarks.Measure;

/// <summary>How much goes through: the intake against a process that only answers, what was queued against iTop's own
/// ceiling, callbacks.</summary>
static class Rates
{
    const int Rounds = 5;
    const int Posts = 2_000;
    const int Callers = 16;
    // As many writers to iTop as the product has by default.
    const int Writers = 4;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static async Task Intake()
    {
        await using var machines = await Machines.Start(new Setup { Latency = 50, PollEvery = Cpu.PollEvery });
        var (process, at) = await Baseline.Start(machines);
        using var _ = process;
        using var sender = new Sender(machines.Product);
        using var echo = new Sender(at);
        var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var warm in new[] { sender, echo })
            await warm.Send(3 * Posts, Callers);
        for (var round = 0; round < Rounds; round++)
        {
            theirs.Add(await Rate(echo));
            ours.Add(await Rate(sender));
            ratios.Add(ours[^1] / theirs[^1]);
        }
        process.Kill();
        Report.Say(
            21,
            $"posts/s kept, {Callers} callers",
            $"{Report.Spread(ours, "0")}, only answered {Report.Spread(theirs, "0")}"
        );
        Report.Say(
            21,
            "ratio",
            Report.Spread(ratios),
            "1000/s or 0.25",
            Report.Median(ours) >= 1_000 || Report.Median(ratios) >= 0.25
        );
    }

    public static async Task Drain(int tickets)
    {
        foreach (var latency in new[] { 50, 100 })
            await Drain(latency, tickets > 0 ? tickets : 10_000);
    }

    static async Task Drain(int latency, int tickets)
    {
        await using var machines = await Machines.Start(new Setup { Latency = latency, PollEvery = Cpu.PollEvery });
        await Cost.OfOpening(machines, 1, 50);
        var before = await Ceiling(machines, latency);
        await machines.Faults(machines.Itop, new { maintenance = true });
        using (var sender = new Sender(machines.Product))
            await sender.Send(tickets, Callers);
        await machines.Faults(machines.Itop, new { maintenance = false });
        var created = () =>
            Count(Ledgers.Itop(machines), line =>
                line.GetProperty("op").GetString() == "create" && Ledgers.NumberOf(line) is not null
            );
        var ours = await Between(created, tickets);
        await Ledgers.Drained(machines, Patience);
        var ceiling = (before + await Ceiling(machines, latency)) / 2;
        Report.Say(22, $"created/s of {tickets} queued, iTop {latency} ms", $"{ours:0.0}, directly {ceiling:0.0}");
        Report.Say(22, $"ratio, iTop {latency} ms", $"{ours / ceiling:0.000}", "0.95", ours / ceiling >= 0.95);
    }

    public static async Task Callbacks(int tickets)
    {
        var count = tickets > 0 ? tickets : 3_000;
        await using var machines = await Machines.Start(new Setup { Latency = 0, PollEvery = Cpu.PollEvery });
        await Cost.OfOpening(machines, 1, 200);
        await machines.Faults(machines.School, new { callbackStatus = 503, retryAfter = 1 });
        using (var sender = new Sender(machines.Product))
            await sender.Send(count, Callers);
        await Until(() =>
            Count(Ledgers.Itop(machines), line =>
                line.GetProperty("op").GetString() == "create" && Ledgers.NumberOf(line) is not null
            ) >= count
        );
        await machines.Faults(machines.School, new { });
        var rate = await Between(
            () =>
                Count(Ledgers.School(machines), line =>
                    line.GetProperty("dir").GetString() == "told" && line.GetProperty("status").GetInt32() is >= 200 and < 300
                ),
            count
        );
        Report.Say(23, "signed callbacks/s", $"{rate:0} ({count} queued)", "300", rate >= 300);
    }

    // Directly, as many at a time as the product has writers.
    static async Task<double> Ceiling(Machines machines, int latency)
    {
        var (count, began) = (Writers * 4_000 / latency, Stopwatch.GetTimestamp());
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = Writers },
            async (_, _) => await Baseline.Create(machines.Http, machines.Itop, "direct")
        );
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // From the tenth to the ninetieth of a hundred: neither the first probe nor the last one's wait.
    static async Task<double> Between(Func<int> reached, int of)
    {
        var start = reached();
        await Until(() => reached() >= start + (of - start) / 10);
        var (first, began) = (reached(), Stopwatch.GetTimestamp());
        await Until(() => reached() >= of * 9 / 10);
        return (reached() - first) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    static int Count<T>(IReadOnlyList<T> lines, Func<T, bool> isOne) => lines.Count(isOne);

    static async Task Until(Func<bool> holds)
    {
        var began = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"not within {Patience}");
            await Task.Delay(250);
        }
    }

    static async Task<double> Rate(Sender sender)
    {
        sender.Prepare(Posts);
        var began = Stopwatch.GetTimestamp();
        await sender.Send(Posts, Callers);
        return Posts / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
