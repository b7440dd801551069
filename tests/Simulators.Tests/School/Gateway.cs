using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Simulators.Tests.School;

/// <summary>Stands where GroupTicketing would: notes what arrives and answers what the test says, 202 by default.</summary>
public sealed class Gateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Gateway(WebApplication app) => _app = app;

    public sealed record Arrival(string Path, Dictionary<string, string> Headers, byte[] Body)
    {
        public string Text => Encoding.UTF8.GetString(Body);
    }

    public ConcurrentQueue<Arrival> Arrivals { get; } = new();

    /// <summary>The statuses of the next answers.</summary>
    public ConcurrentQueue<int> Next { get; } = new();

    public string Url => _app.Urls.First();

    public static async Task<Gateway> Start()
    {
        var app = Server.Create("http://127.0.0.1:0");
        var gateway = new Gateway(app);
        app.Run(gateway.Take);
        await app.StartAsync();
        return gateway;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => $"{h.Value}");
        Arrivals.Enqueue(new Arrival(http.Request.Path, headers, body.ToArray()));
        http.Response.StatusCode = Next.TryDequeue(out var status) ? status : 202;
        await http.Response.WriteAsync("reçu");
    }
}
