using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace GroupTicketing.Prove.Of;

/// <summary>
/// The product in a memory cgroup of 320 MiB: files of 25 MiB as base64 and as parts, four at once, while forty senders
/// announce 36 MiB and trickle. Each is taken or told to come later; every
/// small post is taken.
/// </summary>
static class MemoryDoor
{
    const long Limit = 320L * 1024 * 1024;
    const int FileBytes = 25 * 1024 * 1024;
    const int AtOnce = 4;
    const int Trickling = 40;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<Verdict> Run(ProofRun run)
    {
        using var group = MemoryGroup.Make(Limit);
        await using var machines = await Machines.Start(run.Setup() with { Group = group.Folder });
        using var poster = new Poster(machines);
        using var stop = new CancellationTokenSource();
        var trickles = Enumerable.Range(0, Trickling).Select(_ => Trickle(machines, stop.Token)).ToList();
        var (big, small) = (new ConcurrentDictionary<int, int>(), new ConcurrentDictionary<int, int>());
        var smalls = Parallel.ForEachAsync(
            Enumerable.Range(1_000, run.Tickets),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) =>
            {
                Count(small, (await poster.Opens($"{number}")).Status);
                await Task.Delay(100, CancellationToken.None);
            }
        );
        await Parallel.ForEachAsync(
            Enumerable.Range(1, run.Kills),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) => await Hand(poster, number, big)
        );
        await smalls;
        run.Bound(
            "answers to files of 25 MiB besides 202 and 503",
            "0",
            Shown(big),
            big.Keys.All(status => status is 202 or 503)
        );
        run.Bound("small posts that were not taken", "0", Shown(small), small.Keys.All(status => status == 202));
        run.Bound(
            "senders that trickled to the end",
            $"{Trickling}",
            $"{trickles.Count(one => !one.IsCompleted)}",
            trickles.TrueForAll(one => !one.IsCompleted)
        );
        await stop.CancelAsync();
        await Task.WhenAll(trickles);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(5));
        var verdict = await Judge.Of(machines, run.Say);
        run.Bound("killed for want of memory", "0", $"{group.Killed}", group.Killed == 0);
        run.Say($"     the most the cgroup held: {group.Most / 1024 / 1024} MiB, pages of files among it");
        await machines.StopProduct();
        return verdict;
    }

    // Until it is taken, as a tool does.
    static async Task Hand(Poster poster, int number, ConcurrentDictionary<int, int> answers)
    {
        var bytes = new byte[FileBytes];
        new Random(number).NextBytes(bytes);
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            var posted = await poster.OpensWithFile($"{number}", bytes, inPart: number % 2 == 0);
            Count(answers, posted.Status);
            if (posted.Status == 202)
                return;
            await Task.Delay(500);
        }
    }

    // Signed as far as headers go; some bytes more than a server cuts for slowness.
    static async Task Trickle(Machines machines, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(machines.Product.Host, machines.Product.Port, CancellationToken.None);
        var stream = client.GetStream();
        var headers = string.Concat(
            Poster.Headers("trickle", DateTimeOffset.UtcNow, "v1,x").Select(header => $"{header.Name}: {header.Value}\r\n")
        );
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/schools/{SchoolTool.First}/events HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + $"application/json\r\nContent-Length: {36 * 1024 * 1024}\r\n{headers}\r\n"
            ),
            CancellationToken.None
        );
        while (!stop.IsCancellationRequested)
        {
            await stream.WriteAsync(new byte[4_096], CancellationToken.None);
            await Task.Delay(1_000, CancellationToken.None);
        }
    }

    static void Count(ConcurrentDictionary<int, int> answers, int status) =>
        answers.AddOrUpdate(status, 1, (_, times) => times + 1);

    static string Shown(ConcurrentDictionary<int, int> answers) =>
        string.Join(
            ", ",
            answers.OrderBy(one => one.Key).Select(one => $"{(one.Key == 0 ? "none" : one.Key)} {one.Value} times")
        );
}
