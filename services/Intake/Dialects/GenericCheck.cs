using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>What is wrong with a generic event, all at once, by JSON pointer.</summary>
static class GenericCheck
{
    public static readonly string[] Types =
        ["ticket.opened", "ticket.commented", "ticket.attached", "ticket.answered", "ticket.confirmed", "ticket.reopened", "ticket.closed", "ticket.withdrawn", "ticket.linked"];

    public static readonly string[] Urgencies = ["critical", "high", "normal", "low"];

    static readonly JsonDocumentOptions strict = new() { MaxDepth = 16 };

    public static IReadOnlyList<Flaw> Of(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return [new Flaw("", Words.NotAnObject)];
            var flaws = Event(document.RootElement).ToList();
            return flaws.Count > 0 ? flaws : Kinds(body);
        }
        catch (JsonException exception)
        {
            return [new Flaw("", string.Format(Words.French, Words.NotJson, exception.LineNumber + 1, exception.BytePositionInLine + 1))];
        }
    }

    /// <summary>The first member that is of another kind than it must be, e.g. a number for a text.</summary>
    static IReadOnlyList<Flaw> Kinds(byte[] body)
    {
        try
        {
            JsonSerializer.Deserialize<GenericEvent>(body, Json.Options);
            return [];
        }
        catch (JsonException exception)
        {
            var pointer = (exception.Path ?? "$").TrimStart('$').Replace('.', '/').Replace('[', '/').Replace("]", "");
            return [new Flaw(pointer, Words.WrongKind)];
        }
    }

    static IEnumerable<Flaw> Event(JsonElement root)
    {
        if (Text(root, "specversion") != "1.0")
            yield return new Flaw("/specversion", Words.SpecVersion);
        foreach (var name in new[] { "id", "source", "subject" })
        {
            if (Text(root, name)?.Trim() is not { Length: > 0 and <= 100 })
                yield return new Flaw($"/{name}", Words.RequiredShort);
        }
        if (!IsTime(root, "time"))
            yield return new Flaw("/time", Words.Time);
        var type = Text(root, "type");
        if (!Types.Contains(type))
            yield return new Flaw("/type", string.Format(Words.French, Words.KnownTypes, string.Join(", ", Types)));
        if (!root.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Object)
            yield return new Flaw("/data", Words.NotAnObject);
        else
            foreach (var flaw in Data(type, data))
                yield return flaw;
    }

    static IEnumerable<Flaw> Data(string? type, JsonElement data)
    {
        foreach (var name in Required(type))
        {
            if (string.IsNullOrWhiteSpace(Text(data, name)))
                yield return new Flaw($"/data/{name}", Words.Required);
        }
        foreach (var member in data.EnumerateObject())
        {
            if (Limit(member.Name) is { } limit && member.Value.ValueKind is JsonValueKind.String && Encoding.UTF8.GetByteCount(member.Value.GetString()!) > limit)
                yield return new Flaw($"/data/{member.Name}", string.Format(Words.French, Words.TooLong, limit));
        }
        if (Text(data, "urgency") is { } urgency && !Urgencies.Contains(urgency))
            yield return new Flaw("/data/urgency", string.Format(Words.French, Words.KnownValues, string.Join(", ", Urgencies)));
        if (type == "ticket.attached" && !IsBase64(data))
            yield return new Flaw("/data/content", Words.Base64);
        foreach (var flaw in Items(data, "files", file => !string.IsNullOrWhiteSpace(Text(file, "name")) && IsBase64(file), Words.FileItem))
            yield return flaw;
        foreach (var flaw in Items(data, "comments", IsComment, Words.CommentItem))
            yield return flaw;
    }

    static IEnumerable<Flaw> Items(JsonElement data, string name, Func<JsonElement, bool> isRight, string what)
    {
        if (!data.TryGetProperty(name, out var items))
            yield break;
        if (items.ValueKind is not JsonValueKind.Array)
        {
            yield return new Flaw($"/data/{name}", what);
            yield break;
        }
        foreach (var (index, item) in items.EnumerateArray().Index())
        {
            if (item.ValueKind is not JsonValueKind.Object || !isRight(item))
                yield return new Flaw($"/data/{name}/{index}", what);
        }
    }

    static bool IsComment(JsonElement item) =>
        Text(item, "id") is { Length: > 0 } && Text(item, "text") is not null && IsTime(item, "at");

    static bool IsTime(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.TryGetDateTimeOffset(out _);

    static string[] Required(string? type) => type switch
    {
        "ticket.opened" => ["title", "description"],
        "ticket.commented" or "ticket.answered" => ["id", "text"],
        "ticket.attached" => ["id", "name", "content"],
        "ticket.linked" => ["reference"],
        _ => [],
    };

    static int? Limit(string member) => member switch
    {
        "title" => 1_000,
        "description" or "text" or "summary" => 200_000,
        "content" => null,
        _ => 2_000,
    };

    static bool IsBase64(JsonElement item) => Text(item, "content") is { } content && Base64.IsValid(content);

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
