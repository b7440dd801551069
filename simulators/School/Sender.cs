using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.School;

/// <summary>Sends events to GroupTicketing; repeats the same one under the same id until it is taken, for a minute.</summary>
public sealed class Sender(SchoolOptions options, SchoolStore store, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3) }) { Timeout = TimeSpan.FromSeconds(15) };
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private int _sent;

    public Task<Sent> Event(string ticket, string type, JsonObject data, string? id = null)
    {
        id ??= $"{options.Slug}-{_run}-{Interlocked.Increment(ref _sent)}";
        var body = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id,
            ["source"] = $"https://support.{options.Slug}.example",
            ["type"] = type,
            ["subject"] = ticket,
            ["time"] = clock.GetUtcNow().ToString("O"),
            ["data"] = data.DeepClone(),
        };
        return Send(ticket, type, id, JsonSerializer.SerializeToUtf8Bytes(body, Journal.Json), (request, bytes) =>
        {
            var timestamp = $"{clock.GetUtcNow().ToUnixTimeSeconds()}";
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp);
            request.Headers.Add("webhook-signature", Signature.Of(options.Secret, id, timestamp, bytes));
        });
    }

    /// <summary>A recorded Request Tracker post, signed as its scrip does.</summary>
    public Task<Sent> Rt(JsonElement recorded)
    {
        var (name, id) = (recorded.GetProperty("event").GetString()!, recorded.GetProperty("id").GetString()!);
        var ticket = recorded.GetProperty("ticket").GetProperty("id").ToString();
        return Send(ticket, name, id, Encoding.UTF8.GetBytes(recorded.GetRawText()), (request, bytes) =>
        {
            var timestamp = $"{clock.GetUtcNow().ToUnixTimeSeconds()}";
            request.Headers.Add("X-RT-Event", name);
            request.Headers.Add("X-RT-Delivery", id);
            request.Headers.Add("X-RT-Timestamp", timestamp);
            request.Headers.Add("X-RT-Signature", Signature.Rt(options.RtSecret!, timestamp, bytes));
        });
    }

    private async Task<Sent> Send(string ticket, string type, string id, byte[] body, Action<HttpRequestMessage, byte[]> sign)
    {
        var until = clock.GetUtcNow() + Patience;
        for (var attempts = 1; ; attempts++)
        {
            var (status, answer) = await Once(body, sign);
            store.Line("sent", id, ticket, type, status, attempts > 1, null);
            if (status is (>= 200 and < 300) or (>= 400 and < 500) || clock.GetUtcNow() > until)
                return new Sent(ticket, id, status, attempts, answer);
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(100 * attempts, 1_000)));
        }
    }

    private async Task<(int Status, string Answer)> Once(byte[] body, Action<HttpRequestMessage, byte[]> sign)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.To, $"/v1/schools/{options.Slug}/events")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        sign(request, body);
        try
        {
            using var response = await _http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return (0, exception.GetType().Name);
        }
    }
}

/// <summary>How a sending went; status 0: no answer.</summary>
public sealed record Sent(string Ticket, string Id, int Status, int Attempts, string Answer);
