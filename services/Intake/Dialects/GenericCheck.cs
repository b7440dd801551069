using System.Text;
using System.Text.Json;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>What is wrong with a generic event, all at once, by JSON pointer.</summary>
static class GenericCheck
{
    public static readonly string[] Types =
    [
        "ticket.opened",
        "ticket.commented",
        "ticket.attached",
        "ticket.answered",
        "ticket.confirmed",
        "ticket.reopened",
        "ticket.closed",
        "ticket.withdrawn",
        "ticket.linked",
    ];

    /// <summary>How many comments an opening may bear.</summary>
    public const int MostComments = 1_000;

    public static readonly string[] Urgencies = ["critical", "high", "normal", "low"];

    // The file of an attachment's event stands in its data, those of others in a list.
    static readonly string[] withFiles = ["ticket.opened", "ticket.commented", "ticket.answered"];

    /// <param name="isRead">Whether it was read in the school's tool, which hears of no refusal: a word that guards
    /// privacy is then read as the one that lets less cross.</param>
    /// <param name="light">As <see cref="StrictJson"/> leaves it; where nothing is wrong with it, it knows afterwards
    /// what it says.</param>
    public static IReadOnlyList<Flaw> FindFlaws(Post light, bool isRead)
    {
        using var document = JsonDocument.Parse(light.Body);
        var root = document.RootElement;
        if (root.ValueKind is not JsonValueKind.Object)
            return [new Flaw("", Texts.NotAnObject)];
        var flaws = Event(root, isRead)
            .Concat(GenericNames.Flaws(root))
            .Concat(isRead ? [] : GenericClosed.Flaws(root))
            .Take(StrictJson.MostFlaws)
            .ToList();
        if (
            GenericWords.IsPrivateOpening(light.Body)
            && !flaws.Exists(flaw => GenericNames.KnownPart(flaw.Field) == "/data/visibility")
        )
            flaws.Add(new Flaw("/data/visibility", Texts.OpenedPrivate));
        return flaws.Count > 0 ? flaws : Kinds(light, root);
    }

    /// <summary>The first member that is of another kind than it must be, e.g. a number for a text.</summary>
    static IReadOnlyList<Flaw> Kinds(Post light, JsonElement root)
    {
        try
        {
            light.Parsed(_ => root.Deserialize<GenericEvent>(GenericEvent.Exact)!);
            return [];
        }
        catch (JsonException exception)
        {
            var pointer = (exception.Path ?? "$").TrimStart('$').Replace('.', '/').Replace('[', '/').Replace("]", "");
            return [new Flaw(pointer, Texts.WrongKind)];
        }
    }

    static IEnumerable<Flaw> Event(JsonElement root, bool isRead)
    {
        if (Text(root, "specversion") != "1.0")
            yield return new Flaw("/specversion", Texts.SpecVersion);
        foreach (var name in new[] { "id", "source", "subject" })
        {
            if (Text(root, name)?.Trim() is not { Length: > 0 and <= 100 })
                yield return new Flaw($"/{name}", Texts.RequiredShort);
        }
        if (!IsTime(root, "time"))
            yield return new Flaw("/time", Texts.Time);
        var type = Text(root, "type");
        if (!Types.Contains(type))
            yield return new Flaw("/type", string.Format(Texts.French, Texts.KnownTypes, string.Join(", ", Types)));
        if (!root.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Object)
            yield return new Flaw("/data", Texts.NotAnObject);
        else
            foreach (var flaw in Data(type, data, isRead))
                yield return flaw;
    }

    static IEnumerable<Flaw> Data(string? type, JsonElement data, bool isRead)
    {
        // A sender mends a missing title; what a tool shows has none.
        foreach (var name in Required(type).Where(name => !isRead || name != "title"))
        {
            if (string.IsNullOrWhiteSpace(Text(data, name)))
                yield return new Flaw($"/data/{name}", Texts.Required);
        }
        foreach (var member in data.EnumerateObject())
        {
            if (
                Limit(member.Name) is { } limit
                && member.Value.ValueKind is JsonValueKind.String
                && Encoding.UTF8.GetByteCount(member.Value.GetString()!) > limit
            )
                yield return new Flaw($"/data/{member.Name}", string.Format(Texts.French, Texts.TooLong, limit));
        }
        if (Text(data, "urgency") is { } urgency && !Urgencies.Contains(urgency))
            yield return new Flaw("/data/urgency", string.Format(Texts.French, Texts.KnownValues, string.Join(", ", Urgencies)));
        if (type == "ticket.attached" && !HasBytes(data))
            yield return new Flaw("/data/content", Texts.Base64);
        if (type != "ticket.attached" && HasBytes(data))
            yield return new Flaw("/data/content", Texts.NoFilesHere);
        if (!withFiles.Contains(type) && data.TryGetProperty("files", out _))
            yield return new Flaw("/data/files", Texts.NoFilesHere);
        foreach (
            var flaw in Items(
                data,
                "files",
                file => !string.IsNullOrWhiteSpace(Text(file, "name")) && HasBytes(file),
                Texts.FileItem,
                (StrictJson.MostFiles, Texts.TooManyFiles)
            )
        )
            yield return flaw;
        foreach (var flaw in Items(data, "comments", IsComment, Texts.CommentItem, (MostComments, Texts.TooManyComments)))
            yield return flaw;
    }

    static IEnumerable<Flaw> Items(
        JsonElement data,
        string name,
        Func<JsonElement, bool> isRight,
        string what,
        (int Count, string TooMany) most
    )
    {
        if (!data.TryGetProperty(name, out var items))
            yield break;
        if (items.ValueKind is not JsonValueKind.Array)
        {
            yield return new Flaw($"/data/{name}", what);
            yield break;
        }
        if (items.GetArrayLength() > most.Count)
            yield return new Flaw($"/data/{name}", string.Format(Texts.French, most.TooMany, most.Count));
        foreach (var (index, item) in items.EnumerateArray().Take(most.Count).Index())
        {
            if (item.ValueKind is not JsonValueKind.Object || !isRight(item))
                yield return new Flaw($"/data/{name}/{index}", what);
        }
    }

    static bool IsComment(JsonElement item) =>
        Text(item, "id") is { Length: > 0 } && Text(item, "text") is not null && IsTime(item, "at");

    // Without an offset it would be read in the zone of whatever machine this is.
    static bool IsTime(JsonElement item, string name) =>
        Text(item, name) is { Length: > 19 } time && time[10] is 'T' && (time[^1] is 'Z' || time[^6] is '+' or '-')
        && item.GetProperty(name).TryGetDateTimeOffset(out _);

    static string[] Required(string? type) => type switch
    {
        "ticket.opened" => ["title", "description"],
        "ticket.commented" or "ticket.answered" => ["id", "text"],
        "ticket.attached" => ["id", "name"],
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

    // What the strict pass leaves of a content.
    static bool HasBytes(JsonElement item) => Text(item, "sha256") is not null;

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
