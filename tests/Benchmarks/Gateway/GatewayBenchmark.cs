using System.Diagnostics;

namespace GroupTicketing.Benchmarks.Gateway;

/// <summary>
/// What the gateway adds to the durable post: an intake with its own store and a gateway before it, each a process of
/// its own. The same posts directly and through,
/// in turn, so that what else the machine does meets both.
/// </summary>
static class GatewayBenchmark
{
    const int Rounds = 15;
    const int WarmUp = 3_000;
    const int PostsOfOne = 300;
    const int Callers = 64;
    const int PostsOfMany = 6_000;

    public static async Task<int> Run()
    {
        var folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        var (intake, edge) = (Ports.FreeAddress(), Ports.FreeAddress());
        await using (var processes = new Processes())
        {
            var intakeId = processes.Start(
                typeof(GatewayBenchmark).Assembly.Location,
                [],
                "intake",
                $"{intake}",
                Path.Combine(folder, "intake")
            );
            var elsewhere = new[] { "intake", "routing", "notification", "portal" }.ToDictionary(
                name => $"GROUPTICKETING__Services__{name}",
                _ => $"{intake}"
            );
            // As it is deployed.
            elsewhere["DOTNET_TieredPGO"] = "1";
            var edgeId = processes.Start(
                ProductProgram.File,
                elsewhere,
                "run",
                "--services",
                "gateway",
                "--data",
                Path.Combine(folder, "gateway"),
                "--directory",
                Machines.Demo,
                "--urls",
                $"{edge}".TrimEnd('/')
            );
            await processes.Ready(intake);
            await processes.Ready(edge);
            using var direct = new Sender(intake);
            using var through = new Sender(edge);
            foreach (var sender in new[] { direct, through })
                await sender.Send(WarmUp, Callers);
            await AddedTime(direct, through);
            await Throughput(
                direct,
                through,
                $"{Environment.ProcessorCount} processors for the callers, the gateway and the intake"
            );
            await Cpu(through, intakeId, edgeId);
            Processes.Pin(intakeId, 0);
            foreach (var other in new[] { edgeId, Environment.ProcessId })
                Processes.Pin(other, 1);
            await Throughput(direct, through, "the intake on a processor of its own, the callers and the gateway on another");
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    static async Task AddedTime(Sender direct, Sender through)
    {
        var (ours, theirs, added) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            theirs.Add(At(await direct.Send(PostsOfOne, 1), 0.5));
            ours.Add(At(await through.Send(PostsOfOne, 1), 0.5));
            added.Add(ours[^1] - theirs[^1]);
        }
        Console.WriteLine($"p50, 1 caller       direct {Spread(theirs, "0.000")} ms, through {Spread(ours, "0.000")} ms");
        Console.WriteLine($"added p50           {Spread(added, "0.000")} ms   (aim: at most 0.5)");
    }

    static async Task Throughput(Sender direct, Sender through, string where)
    {
        var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            theirs.Add(await Rate(direct));
            ours.Add(await Rate(through));
            ratios.Add(ours[^1] / theirs[^1]);
        }
        Console.WriteLine($"posts/s, {Callers} callers direct {Spread(theirs, "0")}, through {Spread(ours, "0")}");
        Console.WriteLine($"throughput ratio    {Spread(ratios, "0.00")}   (aim: at least 0.90; {where})");
    }

    static async Task Cpu(Sender through, int intake, int edge)
    {
        through.Prepare(PostsOfMany);
        var (ofIntake, ofEdge) = (Proc.CpuMs(intake), Proc.CpuMs(edge));
        await through.Send(PostsOfMany, Callers);
        Console.WriteLine(
            $"cpu per post        gateway {(Proc.CpuMs(edge) - ofEdge) * 1_000 / PostsOfMany} µs, "
            + $"intake {(Proc.CpuMs(intake) - ofIntake) * 1_000 / PostsOfMany} µs"
        );
    }

    static async Task<double> Rate(Sender sender)
    {
        sender.Prepare(PostsOfMany);
        var began = Stopwatch.GetTimestamp();
        await sender.Send(PostsOfMany, Callers);
        return PostsOfMany / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // The median and the quartiles of the rounds.
    static string Spread(List<double> values, string format) =>
        $"{At(values, 0.5).ToString(format)} ({At(values, 0.25).ToString(format)} to {At(values, 0.75).ToString(format)})";

    static double At(IReadOnlyCollection<double> values, double share) => values.Order().ElementAt((int)(values.Count * share));
}
