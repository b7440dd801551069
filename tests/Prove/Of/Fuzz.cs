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
        var metrics = Ports.FreeAddress();
        await using var machines = await Machines.Start(run.Setup() with { Warned = Failed(run), Settings = new Dictionary<string, string> { ["GROUPTICKETING__Metrics__Url"] = $"{metrics}".TrimEnd('/'), ["GROUPTICKETING__BadKeysPerMinute"] = "10000" } });
        var sender = await Sender.Known(machines);
        // What grows with the first requests only: pools, tables, what was compiled when used.
        var taken = (await Send(run, sender, run.Tickets / 10, new())).Taken;
        await Owing(machines);
        var before = await Held.By(machines, metrics, run.Small);
        var wrong = new ConcurrentQueue<string>();

        var answers = await Send(run, sender, run.Tickets, wrong);

        run.Say($"     {run.Tickets} requests: {string.Join(", ", answers.Statuses.OrderBy(one => one.Key).Select(one => $"{one.Value} of {(one.Key == 0 ? "cut" : one.Key)}"))}");
        foreach (var line in wrong.Take(Shown).Concat(wrong.IsEmpty ? [] : run.Warnings.TakeLast(Shown)))
            run.Say($"     {line}");
        run.Bound("answers 5xx but the documented 503 (and 505 to another HTTP), and answers that took over 3 s", "0", $"{wrong.Count}", wrong.IsEmpty);
        taken.UnionWith(answers.Taken);
        var strangers = machines.Tickets("intake").Except(taken).ToList();
        run.Bound($"documents of what was not taken, beside {taken.Count} that were", "0", $"{strangers.Count}", strangers.Count == 0);
        await Owing(machines);
        (await Held.By(machines, metrics, run.Small, before)).Judge(run, before);
        return Verdict.None;
    }

    // Each key that is refused is a warning of its own.
    static Action<string> Failed(ProofRun run) => line =>
    {
        if (!line.Contains("warn: ", StringComparison.Ordinal))
            run.Warned(line);
    };

    // What was taken is on its way to iTop and back; what it holds meanwhile it gives back.
    static async Task Owing(Machines machines)
    {
        for (var waited = 0; waited < 120 && await machines.Owed() > 0; waited++)
            await Task.Delay(1_000);
    }

    static async Task<(ConcurrentDictionary<int, int> Statuses, HashSet<string> Taken)> Send(ProofRun run, Sender sender, int requests, ConcurrentQueue<string> wrong)
    {
        var (answers, taken) = (new ConcurrentDictionary<int, int>(), new ConcurrentBag<string>());
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var request = sender.Make(new Random(unchecked((run.Seed * 1_000_003) + number)));
            var began = Stopwatch.GetTimestamp();
            var answer = await Exchange(sender.Address, request);
            var took = Stopwatch.GetElapsedTime(began);
            answers.AddOrUpdate(answer.Status, 1, (_, times) => times + 1);
            if (answer.Taken is { } ticket)
                taken.Add(ticket);
            if (IsWrong(answer, request) || (!run.Small && took > longest))
                wrong.Enqueue($"{number}: {answer.Status} after {took.TotalMilliseconds:0} ms: {request.What}");
        });
        return (answers, [.. taken]);
    }

    // 503 says when to come again, but for /readyz, which nobody waits at; 505 is the server's to a version of HTTP that it does not speak.
    static bool IsWrong(FuzzAnswer answer, FuzzedRequest request) =>
        answer.Status >= 500 && !(answer.Status == 503 && (answer.RetryAfter || request.What.Contains(" /readyz", StringComparison.Ordinal))) && !(answer.Status == 505 && request.IsOfAnotherHttp);

    // A connection for each: what is broken on one says nothing of the next.
    static async Task<FuzzAnswer> Exchange(Uri address, FuzzedRequest request)
    {
        using var client = new TcpClient();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await client.ConnectAsync(address.Host, address.Port, late.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(request.Bytes, late.Token);
            // To the server a half that is closed is a caller that went away: only where it would wait for more that never comes.
            if (!request.IsWhole)
                client.Client.Shutdown(SocketShutdown.Send);
            var buffer = new byte[16 * 1024];
            var length = 0;
            while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), late.Token) is > 0 and var read)
                length += read;
            return FuzzAnswer.Of(Encoding.UTF8.GetString(buffer, 0, length));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return new FuzzAnswer(0, false, null);
        }
        catch (OperationCanceledException)
        {
            return new FuzzAnswer(599, false, null);
        }
    }
}
