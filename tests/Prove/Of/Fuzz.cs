using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using GroupTicketing.Prove.Fuzzing;
using GroupTicketing.Prove.Hosted;

namespace GroupTicketing.Prove.Of;

/// <summary>
/// Hostile and clumsy senders: every route of the API and every page, by somebody, a school and an operator, with
/// bodies that were right until something in them was changed, and with broken
/// framing. A sender's mistake is its own: nothing is answered 5xx but the documented 503, nothing hangs, and nothing
/// of it is left in the process.
/// </summary>
static class Fuzz
{
    const int AtOnce = 16;
    const int Shown = 20;
    // The store opens a reader, three files, for as many threads as ever read at once.
    const int MoreHandles = 50;
    const int MoreThreads = 10;
    const double MoreBytes = 0.05;

    static readonly TimeSpan longest = TimeSpan.FromSeconds(3);

    public static async Task<Verdict> Run(ProofRun run)
    {
        using var gauge = new GaugeFile();
        var setup = run.Setup() with
        {
            Warned = Failed(run),
            Settings = new Dictionary<string, string> { ["GROUPTICKETING__BadKeysPerMinute"] = "10000" },
        };
        // The small form is of the program as it is published; what it holds takes minutes to see.
        await using var machines = await Machines.Start(run.Small ? setup : gauge.In(setup));
        var sender = await Sender.Known(machines);
        var wrong = new ConcurrentQueue<string>();
        // First what may be taken, then what cannot be: a ticket that was taken is held, what was refused is not. First
        // twice as many at once, so that pools have their full size.
        var (answers, taken) = await Send(run, sender, 0, run.Tickets / 2, 2 * AtOnce, wrong);
        var flawed = sender with { MayBeTaken = false };
        await Send(run, flawed, run.Tickets, run.Tickets * 11 / 10, 2 * AtOnce, wrong);
        var before = run.Small ? null : await AtRest(machines, gauge);

        var (more, none) = await Send(run, flawed, run.Tickets / 2, run.Tickets, AtOnce, wrong);

        var statuses = answers.Concat(more).GroupBy(one => one.Key, one => one.Value).OrderBy(one => one.Key).ToList();
        run.Say(
            $"     {run.Tickets} requests: "
                + $"{string.Join(", ", statuses.Select(one => $"{one.Sum()} of {(one.Key == 0 ? "cut" : one.Key)}"))}"
        );
        foreach (var line in wrong.Take(Shown).Concat(wrong.IsEmpty ? [] : run.Warnings.TakeLast(Shown)))
            run.Say($"     {line}");
        run.Bound(
            "answers 5xx but the documented 503 (and 505 to another HTTP), and answers that took over 3 s",
            "0",
            $"{wrong.Count}",
            wrong.IsEmpty
        );
        taken.UnionWith(none);
        var strangers = machines.Tickets("intake").Except(taken).Count();
        run.Bound(
            $"documents of what was not taken, beside {taken.Count} tickets that were",
            "0",
            $"{strangers}",
            strangers == 0
        );
        // A file is there before its ticket's document; where the caller leaves in between, or that cannot be written,
        // the cleaner takes it a day later.
        var (files, ended) = (
            machines.TicketsWithFiles().Except(taken).Count(),
            statuses.Where(one => one.Key is 0 or 503).Sum(one => one.Sum())
        );
        run.Bound(
            "tickets of which only files are left",
            $"fewer than the {ended} posts that were cut or answered 503",
            $"{files}",
            files <= ended
        );
        if (before is not null)
            Judge(run, before, await AtRest(machines, gauge));
        return Verdict.None;
    }

    // Each key that is refused is a warning of its own.
    static Action<string> Failed(ProofRun run) => line =>
    {
        if (!line.Contains("warn: ", StringComparison.Ordinal))
            run.Warned(line);
    };

    // What was taken is on its way to iTop and back, and each announcement on its way to each of those tickets; what
    // that holds meanwhile it gives back.
    static async Task<Held> AtRest(Machines machines, GaugeFile gauge)
    {
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(15));
        return await gauge.AtRest();
    }

    static void Judge(ProofRun run, Held before, Held after)
    {
        run.Bound(
            "handles",
            $"{before.Handles} and {MoreHandles} at most",
            $"{after.Handles}",
            after.Handles <= before.Handles + MoreHandles
        );
        run.Bound(
            "threads",
            $"{before.Threads} and {MoreThreads} at most",
            $"{after.Threads}",
            after.Threads <= before.Threads + MoreThreads
        );
        run.Bound(
            "live bytes after full collections",
            $"{before.Live / 1024} KiB and {MoreBytes:0 %}",
            $"{after.Live / 1024} KiB",
            after.Live <= before.Live * (1 + MoreBytes)
        );
    }

    static async Task<(ConcurrentDictionary<int, int> Statuses, HashSet<string> Taken)> Send(
        ProofRun run,
        Sender sender,
        int from,
        int to,
        int atOnce,
        ConcurrentQueue<string> wrong
    )
    {
        var (answers, taken) = (new ConcurrentDictionary<int, int>(), new ConcurrentBag<string>());
        await Parallel.ForEachAsync(
            Enumerable.Range(from, to - from),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (number, _) =>
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
            }
        );
        return (answers, [.. taken]);
    }

    // 503 says when to come again, but for /readyz, which nobody waits at; 505 is the server's to a version of HTTP
    // that it does not speak.
    static bool IsWrong(FuzzAnswer answer, FuzzedRequest request) =>
        answer.Status >= 500
        && !(answer.Status == 503 && (answer.RetryAfter || request.What.Contains(" /readyz", StringComparison.Ordinal)))
        && !(answer.Status == 505 && request.IsOfAnotherHttp);

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
