using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GroupTicketing.Directory;
using GroupTicketing.Platform;

namespace GroupTicketing.Benchmarks.Gateway;

/// <summary>A school's tool that hands over one ticket after the other, signed; each post another ticket.</summary>
sealed class Sender(Uri to) : IDisposable
{
    static readonly string secret = Secrets.Resolve(
        DirectoryLoader.Load(Processes.Directory, ["generic", "rt5"]).Schools.Single(school => school.Slug == "toulouse"), Processes.Directory).Secrets.Webhook[0];
    static int made;

    readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, ActivityHeadersPropagator = null }) { BaseAddress = to };
    readonly ConcurrentQueue<HttpRequestMessage> prepared = [];

    public void Dispose() => http.Dispose();

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
            while (prepared.TryDequeue(out var request))
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await http.SendAsync(request);
                mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (answer.StatusCode != HttpStatusCode.Accepted)
                    throw new InvalidOperationException($"{to} answered {answer.StatusCode}");
                request.Dispose();
            }
            return mine;
        })));
        return [.. times.SelectMany(mine => mine)];
    }

    static HttpRequestMessage Next()
    {
        var (number, now) = (Interlocked.Increment(ref made), DateTimeOffset.UtcNow);
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"specversion":"1.0","id":"e{{{number}}}","source":"/bench","type":"ticket.opened","subject":"{{{number}}}","time":"2026-11-24T09:12:00+01:00","data":{"title":"Cours inaccessible","description":"{{{new string('x', 700)}}}","brique":"OpenMoodle"}}""");
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/schools/toulouse/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", $"e{number}");
        request.Headers.Add("webhook-timestamp", StandardWebhooks.Seconds(now));
        request.Headers.Add("webhook-signature", StandardWebhooks.Sign([secret], $"e{number}", now, body));
        return request;
    }
}
