using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>What the scrip posts. What it must have to be read has no default here.</summary>
sealed record RtPost(string Event, string Id, RtTicket Ticket, RtTransaction Transaction)
{
    static readonly JsonSerializerOptions exact = new(Json.Options)
    {
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="JsonException">It is none, lacks what must be read of it, or may be read in two ways: a member
    /// twice, or in another case.</exception>
    public static RtPost From(Post post) => post.Parsed(Read);

    static RtPost Read(byte[] body)
    {
        var said = JsonSerializer.Deserialize<RtPost>(body, exact) ?? throw new JsonException("null is no post");
        using var document = JsonDocument.Parse(body);
        if (IsInOtherCase(document.RootElement, typeof(RtPost)))
            throw new JsonException("a member in another case");
        return said.Transaction.Attachments?.Any(file => file is null) is true
            ? throw new JsonException("an attachment that is none")
            : said;
    }

    static bool IsInOtherCase(JsonElement said, Type type)
    {
        if (said.ValueKind is JsonValueKind.Array)
            return said.EnumerateArray().Any(item => IsInOtherCase(item, type.GenericTypeArguments[0]));
        if (said.ValueKind is not JsonValueKind.Object || exact.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } info)
            return false;
        var ours = info.Properties.ToDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase);
        return said.EnumerateObject()
            .Any(member =>
                ours.TryGetValue(member.Name, out var known)
                && (known.Name != member.Name || IsInOtherCase(member.Value, known.PropertyType))
            );
    }
}

sealed record RtTicket(
    long Id,
    string Status,
    string? Subject = null,
    string? Queue = null,
    int Priority = 0,
    string? Url = null,
    IReadOnlyList<string?>? Requestors = null,
    IReadOnlyDictionary<string, JsonElement>? CustomFields = null)
{
    public const string Resolved = "resolved";
    public const string Rejected = "rejected";
    public const string Deleted = "deleted";

    /// <summary>Whether anybody still works on it.</summary>
    public bool IsActive => Status is not (Resolved or Rejected or Deleted);

    /// <summary>A custom field's value; of several, the first. Null where it is absent, empty, or nothing that can be
    /// read.</summary>
    public string? Field(string? name) => Values(name).FirstOrDefault();

    /// <summary>All values of a custom field that can be read.</summary>
    public IEnumerable<string> Values(string? name)
    {
        if (name is null || CustomFields is null || !CustomFields.TryGetValue(name, out var value))
            return [];
        IEnumerable<JsonElement> all = value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : [value];
        return all.Where(one => one.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .Select(one => one.ToString())
            .Where(text => !string.IsNullOrWhiteSpace(text));
    }
}

sealed record RtTransaction(
    long Id,
    string Type,
    RtPerson Creator,
    [property: JsonConverter(typeof(RtTime))] DateTimeOffset Created,
    string? Visibility = null,
    string? Text = null,
    IReadOnlyList<RtFile>? Attachments = null)
{
    /// <summary>RT's comments are notes unless they are said to be public, its correspondence is public unless
    /// something else is said.</summary>
    public bool IsPrivate => Type == "Comment" ? Visibility is not "public" : Visibility is not (null or "public");
}

/// <summary>RT keeps its times in UTC: one without an offset is of that zone, not of this machine's.</summary>
sealed class RtTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new JsonException("not a time");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

sealed record RtPerson(string Name, string? Email = null, string? RealName = null);

sealed record RtFile(string? Filename = null);

/// <summary>RT keeps quotes and signatures in its text.</summary>
static class RtText
{
    /// <summary>The text without its signature (RT loses the space after its dashes where it makes text of HTML) and
    /// without the quotes it begins with.</summary>
    public static string? Own(string? text)
    {
        if (text is null)
            return null;
        var lines = text.ReplaceLineEndings("\n")
            .Split('\n')
            .TakeWhile(line => line.TrimEnd() != "--")
            .SkipWhile(line => line.StartsWith('>'));
        return string.Join('\n', lines.Where(line => !line.StartsWith("> ", StringComparison.Ordinal))).Trim();
    }

    /// <summary>RT posts only the names of files: the group is told where they are. What has none is no file, but a part
    /// of a mail.</summary>
    public static string WithFiles(string text, IReadOnlyList<RtFile>? files)
    {
        var names = (files ?? []).Where(file => !string.IsNullOrWhiteSpace(file.Filename))
            .Select(file => FileClaim.PlainName(file.Filename))
            .ToList();
        var told = string.Format(
            Core.Texts.French,
            Core.Texts.InFrench(nameof(Core.Texts.FilesInTool)),
            string.Join(", ", names)
        );
        return names.Count == 0 ? text : $"{text}\n\n{told}".TrimStart();
    }
}
