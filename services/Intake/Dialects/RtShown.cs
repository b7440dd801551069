using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>What RT's REST 2.0 shows, in the shape its scrip posts (<see cref="RtPost"/>). REST writes numbers as
/// strings.</summary>
static class RtShown
{
    const string Plain = "text/plain", Html = "text/html";

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

    /// <param name="parts">The parts of all its transactions, without what they hold.</param>
    /// <param name="words">What those hold that are words, by id.</param>
    public static Post Post(
        JsonObject ticket,
        JsonElement transaction,
        IReadOnlyList<JsonElement> parts,
        IReadOnlyDictionary<string, string> words
    )
    {
        var (id, type, creator) = (Number(transaction, "id"), Text(transaction, "Type"), transaction.GetProperty("Creator"));
        var own = parts.Where(part => Number(part, "TransactionId") == id).ToList();
        var files = own.Select(part => Text(part, "Filename"))
            .Where(name => name.Length > 0)
            .Select(name => (JsonNode)new JsonObject { ["filename"] = name });
        var post = new JsonObject
        {
            ["event"] = Event(type, transaction),
            ["id"] = $"rt-txn-{id}",
            ["ticket"] = ticket.DeepClone(),
            ["transaction"] = new JsonObject
            {
                ["id"] = id,
                ["type"] = type,
                ["creator"] = new JsonObject
                {
                    ["name"] = Text(creator, "Name"),
                    ["email"] = Text(creator, "EmailAddress"),
                    ["realName"] = Text(creator, "RealName"),
                },
                ["created"] = Text(transaction, "Created"),
                ["visibility"] = type == "Comment" ? "private" : "public",
                ["text"] = TextOf(own, words),
                ["attachments"] = new JsonArray([.. files]),
            },
        };
        return Core.Post.Bare(JsonSerializer.SerializeToUtf8Bytes(post));
    }

    /// <summary>Whether a transaction is somebody's words; RT keeps the mails it sent as transactions, too.</summary>
    public static bool IsSpoken(JsonElement transaction) => Text(transaction, "Type") is "Create" or "Correspond" or "Comment";

    /// <summary>Whether a part is what somebody wrote, and no file.</summary>
    public static bool IsWords(JsonElement part) =>
        Text(part, "Filename").Length == 0 && (Text(part, "ContentType") is Plain or Html);

    // Whoever writes in RT's own pages, or mails HTML alone, leaves no plain text.
    static string? TextOf(IReadOnlyList<JsonElement> own, IReadOnlyDictionary<string, string> words)
    {
        var written = own.Where(IsWords)
            .Where(part => words.ContainsKey(Text(part, "id")))
            .OrderBy(part => Text(part, "ContentType") == Plain ? 0 : 1)
            .ToList();
        if (written.Count == 0)
            return null;
        var text = words[Text(written[0], "id")];
        return Text(written[0], "ContentType") == Plain ? text : HtmlText.WithoutQuotes(text);
    }

    // The scrip says reopened when an ended ticket is active again; RT's default lifecycle ends in these.
    static string Event(string type, JsonElement transaction) => type != "Status" ? $"ticket.{type.ToLowerInvariant()}"
        : IsEnd(Text(transaction, "OldValue")) && !IsEnd(Text(transaction, "NewValue")) ? "ticket.reopened" : "ticket.status";

    static bool IsEnd(string status) => status is "resolved" or "rejected" or "deleted";

    public static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    public static long Number(JsonElement of, string name) =>
        long.Parse(of.GetProperty(name).ToString(), CultureInfo.InvariantCulture);
}
