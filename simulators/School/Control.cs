using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.School;

/// <summary>What tests and the demo make the school do.</summary>
public sealed class Control(SchoolOptions options, SchoolStore store, Sender sender, Signature signature, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Outbound> _given = new(StringComparer.Ordinal);

    public SchoolStore Store => store;

    /// <summary>Opens a ticket in the tool, then hands it over: <paramref name="data"/> is the data of
    /// <c>ticket.opened</c>.</summary>
    /// <param name="id">The event's id; null: a new one.</param>
    public Task<Sent> Open(JsonObject data, string? id = null)
    {
        var ticket = store.Open(
            data["number"]?.ToString(),
            data["title"]?.ToString() ?? "",
            data["description"]?.ToString() ?? ""
        );
        data["number"] = ticket.Number;
        data["url"] ??= $"https://tickets.{options.School}.example/{Uri.EscapeDataString(ticket.Number)}";
        return sender.Send(Event(ticket.Number, "ticket.opened", data, id));
    }

    /// <summary>Makes a ticket of the tool's own of what the group opened, and says so.</summary>
    public Task<Sent> Link(CloudEvent opened)
    {
        var told = opened.Data.Deserialize<ToldData>(Journal.Json)!;
        var ticket = store.Open(null, told.Title ?? "", told.Text ?? "");
        return sender.Send(
            Event(
                ticket.Number,
                "ticket.linked",
                new JsonObject
                {
                    ["number"] = ticket.Number,
                    ["title"] = ticket.Title,
                    ["reference"] = told.Reference,
                },
                null
            )
        );
    }

    public Task<Sent> Say(string number, JsonObject said)
    {
        var type = said["type"]?.ToString() ?? "ticket.commented";
        var data = said["data"]?.DeepClone() ?? new JsonObject();
        return sender.Send(Event(number, type, data, said["id"]?.ToString()));
    }

    /// <summary>Sends a payload of the RT scrip, byte for byte as given.</summary>
    public Task<Sent> Rt(JsonElement given)
    {
        var payload = given.GetProperty("body");
        var body = Encoding.UTF8.GetBytes(payload.GetRawText());
        var (id, type) = (payload.GetProperty("id").ToString(), payload.GetProperty("event").ToString());
        var ticket = payload.GetProperty("ticket");
        var number = ticket.GetProperty("id").ToString();
        store.Open(number, ticket.TryGetProperty("subject", out var subject) ? subject.ToString() : "", "");
        return sender.Send(new Outbound(id, number, type, body, now =>
        [
            ("X-RT-Event", type),
            ("X-RT-Delivery", id),
            ("X-RT-Timestamp", $"{now}"),
            ("X-RT-Signature", $"sha256={RtMac(now, body)}"),
        ]));
    }

    // Under an id that was given before, the same bytes go out again.
    private Outbound Event(string number, string type, JsonNode data, string? givenId) => givenId is null
        ? Made(number, type, data, $"{options.School}-{Guid.CreateVersion7():N}")
        : _given.GetOrAdd(givenId, id => Made(number, type, data, id));

    private Outbound Made(string number, string type, JsonNode data, string id)
    {
        var cloudEvent = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id,
            ["source"] = $"/schools/{options.School}",
            ["type"] = type,
            ["subject"] = number,
            ["time"] = clock.GetUtcNow().ToString("O"),
            ["datacontenttype"] = "application/json",
            ["data"] = data,
        };
        store.Say(number, JsonSerializer.SerializeToElement(cloudEvent, Journal.Json));
        var body = JsonSerializer.SerializeToUtf8Bytes(cloudEvent, Journal.Json);
        return new Outbound(id, number, type, body, now =>
        [
            ("webhook-id", id),
            ("webhook-timestamp", $"{now}"),
            ("webhook-signature", signature.Sign(id, now, body)),
        ]);
    }

    private string RtMac(long now, byte[] body)
    {
        var key = Encoding.UTF8.GetBytes(options.RtSecret ?? throw new InvalidOperationException("--rt-secret manque."));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{now}."), .. body]));
    }
}
