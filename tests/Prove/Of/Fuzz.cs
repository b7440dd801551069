using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using GroupTicketing.Prove.Fuzzing;

namespace GroupTicketing.Prove.Of;

/// <summary>
/// Hostile and clumsy senders: every route of the API and every page, by somebody, a school and an operator, with bodies that were right until something in them was changed, and with broken
/// framing. A sender's mistake is its own: nothing is answered 5xx but the documented 503, nothing hangs, and nothing of it is left in the process.
/// </summary>
static class Fuzz
{
    const int AtOnce = 16;
    const int Shown = 20;

    static readonly TimeSpan longest = TimeSpan.FromSeconds(3);

    public static async Task<Verdict> Run(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup());
        var sender = await Sender.Known(machines);
        await Send(run, sender, run.Tickets / 10, new());
        var (handles, threads) = (Proc.Handles(machines.ProductIds.First()), Proc.Threads(machines.ProductIds.First()));
        var wrong = new ConcurrentQueue<string>();

        var answers = await Send(run, sender, run.Tickets, wrong);

        run.Say($"     {run.Tickets} requests: {string.Join(", ", answers.OrderBy(one => one.Key).Select(one => $"{one.Value} of {(one.Key == 0 ? "cut" : one.Key)}"))}");
        foreach (var line in wrong.Take(Shown))
            run.Say($"     {line}");
        run.Bound("answers 5xx but the documented 503, and answers that took over 3 s", "0", $"{wrong.Count}", wrong.IsEmpty);
        var (after, threadsAfter) = await Settled(machines.ProductIds.First(), handles, threads);
        run.Bound("handles", $"{handles} and 50 at most", $"{after}", after <= handles + 50);
        run.Bound("threads", $"{threads} and 20 at most", $"{threadsAfter}", threadsAfter <= threads + 20);
        return Verdict.None;
    }

    static async Task<ConcurrentDictionary<int, int>> Send(ProofRun run, Sender sender, int requests, ConcurrentQueue<string> wrong)
    {
        var answers = new ConcurrentDictionary<int, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var request = sender.Make(new Random(unchecked((run.Seed * 1_000_003) + number)));
            var began = Stopwatch.GetTimestamp();
            var (status, retryAfter) = await Exchange(sender.Address, request.Bytes);
            var took = Stopwatch.GetElapsedTime(began);
            answers.AddOrUpdate(status, 1, (_, times) => times + 1);
            if ((status >= 500 && !(status == 503 && retryAfter)) || (!run.Small && took > longest))
                wrong.Enqueue($"{number}: {status} after {took.TotalMilliseconds:0} ms: {request.What}");
        });
        return answers;
    }

    // A connection for each: what is broken on one says nothing of the next.
    static async Task<(int Status, bool RetryAfter)> Exchange(Uri address, byte[] bytes)
    {
        using var client = new TcpClient();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await client.ConnectAsync(address.Host, address.Port, late.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(bytes, late.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            var buffer = new byte[16 * 1024];
            var length = 0;
            while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), late.Token) is > 0 and var read)
                length += read;
            var head = Encoding.ASCII.GetString(buffer, 0, length);
            return (head.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(head[9..12], System.Globalization.CultureInfo.InvariantCulture) : 0, head.Contains("\r\nRetry-After:", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return (0, false);
        }
        catch (OperationCanceledException)
        {
            return (599, false);
        }
    }

    static async Task<(int Handles, int Threads)> Settled(int pid, int handles, int threads)
    {
        for (var waited = 0; waited < 60 && (Proc.Handles(pid) > handles || Proc.Threads(pid) > threads); waited++)
            await Task.Delay(1_000);
        return (Proc.Handles(pid), Proc.Threads(pid));
    }
}
