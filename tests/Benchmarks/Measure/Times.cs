using System.Diagnostics;
using System.Text.Json;

namespace GroupTicketing.Benchmarks.Measure;

/// <summary>One ticket at a time: from post to its first callback, in turn with a create and a callback made directly.</summary>
static class Times
{
    const int Rounds = 40;

    public static async Task Run()
    {
        await Run(50, 1.15);
        await Run(300, 1.04);
    }

    static async Task Run(int latency, double aim)
    {
        await using var machines = await Machines.Start(new Setup { Latency = latency, PollEvery = Cpu.PollEvery });
        await Cost.OfOpening(machines, 1, 200);
        var (ours, direct, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await Through(machines, $"{90_000 + round}"));
            var began = Stopwatch.GetTimestamp();
            await Baseline.Direct(machines.Http, machines.Itop, machines.School, "direct");
            direct.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            ratios.Add(ours[^1] / direct[^1]);
        }
        Report.Say(
            20,
            $"post to callback, iTop {latency} ms",
            $"{Report.Spread(ours, "0.0")} ms, directly {Report.Spread(direct, "0.0")} ms"
        );
        Report.Say(20, $"ratio, iTop {latency} ms", Report.Spread(ratios), $"{aim}", Report.Median(ratios) <= aim);
    }

    static async Task<double> Through(Machines machines, string number)
    {
        var began = DateTimeOffset.UtcNow;
        await machines.HandOver(number);
        for (var looks = 0; looks < 500; looks++)
        {
            var shown = JsonDocument
                .Parse(await machines.Http.GetStringAsync(new Uri(machines.School, $"sim/tickets/{number}")))
                .RootElement;
            foreach (var told in shown.GetProperty("told").EnumerateArray())
            {
                if (told.GetProperty("type").GetString() == "group.referenced")
                    return (told.GetProperty("at").GetDateTimeOffset() - began).TotalMilliseconds;
            }
            await Task.Delay(10);
        }
        throw new TimeoutException($"ticket {number} was not told");
    }
}
