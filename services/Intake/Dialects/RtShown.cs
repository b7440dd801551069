using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Core;

namespace GroupTicketing.Intake.Dialects;

/// <summary>What RT's REST 2.0 shows, in the shape its scrip posts (<see cref="RtPost"/>). REST writes numbers as strings.</summary>
static class RtShown
{
    public static JsonObject Ticket(JsonElement found, JsonArray requestors, Uri url)
    {
        var fields = new JsonObject();
        foreach (var field in found.GetProperty("CustomFields").EnumerateArray())
            fields[field.GetProperty("name").GetString()!] = JsonSerializer.SerializeToNode(field.GetProperty("values"));
        return new JsonObject
        {
            ["id"] = Number(found, "id"),
            ["subject"] = Text(found, "Subject"),
            ["queue"] = Text(found.GetProperty("Queue"), "Name"),
            ["status"] = Text(found, "Status"),
            ["priority"] = Number(found, "Priority"),
            ["url"] = url.ToString(),
            ["requestors"] = requestors,
            ["customFields"] = fields,
        };
    }

    public static Post Post(JsonObject ticket, JsonElement transaction, IReadOnlyList<JsonElement> contents)
    {
        var (id, type, creator) = (Number(transaction, "id"), Text(transaction, "Type"), transaction.GetProperty("Creator"));
        var parts = contents.Where(content => Number(content, "TransactionId") == id).ToList();
        var files = parts.Select(part => Text(part, "Filename")).Where(name => name.Length > 0).Select(name => (JsonNode)new JsonObject { ["filename"] = name });
        var post = new JsonObject
        {
            ["event"] = Event(type, transaction),
            ["id"] = $"rt-txn-{id}",
            ["ticket"] = ticket.DeepClone(),
            ["transaction"] = new JsonObject
            {
                ["id"] = id,
                ["type"] = type,
                ["creator"] = new JsonObject { ["name"] = Text(creator, "Name"), ["email"] = Text(creator, "EmailAddress"), ["realName"] = Text(creator, "RealName") },
                ["created"] = Text(transaction, "Created"),
                ["visibility"] = type == "Comment" ? "private" : "public",
                ["text"] = parts.Where(part => Text(part, "ContentType") == "text/plain" && Text(part, "Filename").Length == 0).Select(part => Text(part, "Content")).FirstOrDefault(),
                ["attachments"] = new JsonArray([.. files]),
            },
        };
        return Core.Post.Bare(JsonSerializer.SerializeToUtf8Bytes(post));
    }

    // The scrip says reopened when an ended ticket is active again; RT's default lifecycle ends in these.
    static string Event(string type, JsonElement transaction) => type != "Status" ? $"ticket.{type.ToLowerInvariant()}"
        : IsEnd(Text(transaction, "OldValue")) && !IsEnd(Text(transaction, "NewValue")) ? "ticket.reopened" : "ticket.status";

    static bool IsEnd(string status) => status is "resolved" or "rejected" or "deleted";

    static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    static long Number(JsonElement of, string name) => long.Parse(of.GetProperty(name).ToString(), CultureInfo.InvariantCulture);
}
