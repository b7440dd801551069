using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using GroupTicketing.Platform;

namespace GroupTicketing.Benchmarks.Gateway;

/// <summary>A school's tool that hands over one ticket after the other, signed; each post another ticket. Posts are
/// made beforehand and sent as bytes: what is measured is not the sender.</summary>
sealed class Sender(Uri to) : IDisposable
{
    static int made;

    readonly ConcurrentQueue<byte[]> prepared = [];
    readonly ConcurrentBag<Line> idle = [];

    public void Dispose()
    {
        foreach (var line in idle)
            line.Dispose();
    }

    /// <summary>Signs beforehand, so that it is not measured.</summary>
    public void Prepare(int posts)
    {
        for (var post = prepared.Count; post < posts; post++)
            prepared.Enqueue(Next());
    }

    /// <summary>The milliseconds of each post.</summary>
    public async Task<double[]> Send(int posts, int callers)
    {
        Prepare(posts);
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            var line = idle.TryTake(out var open) ? open : await Line.Open(to);
            while (prepared.TryDequeue(out var post))
            {
                var began = Stopwatch.GetTimestamp();
                var status = await line.Ask(post);
                mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (status != 202)
                    throw new InvalidOperationException($"{to} answered {status}");
            }
            idle.Add(line);
            return mine;
        })));
        return [.. times.SelectMany(mine => mine)];
    }

    byte[] Next()
    {
        var (number, now) = (Interlocked.Increment(ref made), DateTimeOffset.UtcNow);
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"specversion":"1.0","id":"e{{{number}}}","source":"/bench","type":"ticket.opened","subject":"p{{{number}}}","time":"2026-11-24T09:12:00+01:00","data":{"title":"Cours inaccessible","description":"{{{new string('x', 700)}}}","brique":"OpenMoodle"}}"""
        );
        var head =
            $"POST /v1/schools/toulouse/events HTTP/1.1\r\nHost: {to.Authority}\r\nContent-Type: "
            + $"application/json\r\nContent-Length: {body.Length}\r\nwebhook-id: e{number}\r\n"
            + $"webhook-timestamp: {StandardWebhooks.Seconds(now)}\r\n"
            + $"webhook-signature: {StandardWebhooks.Sign([Machines.Secret], $"e{number}", now, body)}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
