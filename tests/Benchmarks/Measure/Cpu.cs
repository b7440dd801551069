using System.Diagnostics;
using System.Globalization;

namespace GroupTicketing.Benchmarks.Measure;

/// <summary>CPU and calls to iTop per ticket opened, in turn with glue that keeps nothing; iTop takes 50 ms a call and
/// is polled as by default.</summary>
static class Cpu
{
    const int Rounds = 5;
    const int WarmUp = 1_000;
    internal static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(6);

    public static async Task Run(int tickets, Beside? beside)
    {
        var each = tickets > 0 ? tickets / Rounds : 400;
        await using var machines = await Machines.Start(new Setup { Latency = 50, PollEvery = PollEvery });
        var (process, at) = await Baseline.Start(machines);
        using var _ = process;
        var (ours, glue, engines) = (new List<Cost>(), new List<double>(), new List<double>());
        var theirs = new List<double>();
        try
        {
            await Cost.OfOpening(machines, 1, WarmUp);
            await Baseline.Glue(machines, process, at, WarmUp);
            for (var round = 0; round < Rounds; round++)
            {
                var before = Containers.CpuMs();
                ours.Add(await Cost.OfOpening(machines, 10_000 + round * each, each));
                engines.Add((Containers.CpuMs() - before) / each);
                glue.Add(await Baseline.Glue(machines, process, at, each));
                if (beside is not null)
                    theirs.Add(await beside.Round(each));
            }
        }
        finally
        {
            process.Kill();
        }
        var aim = Report.IsEmbedded ? 3.0 : 5.0;
        var cpu = ours.ConvertAll(cost => cost.CpuMs);
        Report.Say(18, "CPU per ticket, services", $"{Report.Spread(cpu)} ms", $"{aim:0} ms", Report.Median(cpu) <= aim);
        Report.Say(18, "CPU per ticket, glue without a store", $"{Report.Spread(glue)} ms");
        if (theirs.Count > 0)
        {
            Report.Say(18, "CPU per ticket, the program beside", $"{Report.Spread(theirs)} ms");
            var ratio = Report.Median(cpu) / Report.Median(theirs);
            Report.Say(18, "services ÷ the program beside", $"{ratio:0.00}", "1.5", ratio <= 1.5);
        }
        if (!Report.IsEmbedded)
            Report.Say(18, "CPU per ticket, engines", $"{Report.Spread(engines)} ms");
        var calls = ours.ConvertAll(cost => cost.ItopCalls);
        Report.Say(19, "iTop calls per opening", Report.Spread(calls, "0.000"), "1.02", Report.Median(calls) <= 1.02);
        if (ours[0].Writes is not null)
            Report.Say(18, "writes of documents per ticket", Report.Spread(ours.ConvertAll(cost => cost.Writes!.Value), "0.0"));
    }
}

/// <summary>What the kernel accounts to the processes in the engines' containers; those that ended meanwhile are not in
/// it.</summary>
static class Containers
{
    static readonly string[] names = ["engines-rabbitmq", "engines-mongo"];

    /// <summary>User and system time of both; 0 where there are none.</summary>
    public static double CpuMs() => Report.IsEmbedded ? 0 : names.Sum(Of);

    static double Of(string container)
    {
        using var asked = Process.Start(
            new ProcessStartInfo("docker", ["top", container, "-eo", "pid"]) { RedirectStandardOutput = true }
        )!;
        return asked
            .StandardOutput.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))
            .Where(pid => File.Exists($"/proc/{pid}/stat"))
            .Sum(Proc.CpuMs);
    }
}
