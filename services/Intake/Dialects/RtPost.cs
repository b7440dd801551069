using System.Text.Json;

namespace GroupTicketing.Intake.Dialects;

/// <summary>What the scrip posts.</summary>
sealed record RtPost(string Event, string Id, RtTicket Ticket, RtTransaction Transaction);

sealed record RtTicket(
    long Id, string Subject, string Queue, string Status, int Priority, string? Url, IReadOnlyList<string> Requestors, IReadOnlyDictionary<string, JsonElement> CustomFields)
{
    /// <summary>A custom field's value; of several, the first.</summary>
    public string? Field(string? name)
    {
        if (name is null || !CustomFields.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.Array)
            return value.EnumerateArray().Select(one => one.GetString()).FirstOrDefault();
        return value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }
}

sealed record RtTransaction(
    long Id, string Type, RtPerson Creator, DateTimeOffset Created, string Visibility, string? Text, IReadOnlyList<RtFile> Attachments);

sealed record RtPerson(string Name, string? Email, string? RealName);

sealed record RtFile(string Filename);

/// <summary>RT keeps quotes and signatures in its text.</summary>
static class RtText
{
    /// <summary>The text without its signature (RT loses the space after its dashes where it makes text of HTML) and without the quotes it begins with.</summary>
    public static string? Own(string? text)
    {
        if (text is null)
            return null;
        var lines = text.ReplaceLineEndings("\n").Split('\n').TakeWhile(line => line.TrimEnd() != "--").SkipWhile(line => line.StartsWith('>'));
        return string.Join('\n', lines.Where(line => !line.StartsWith("> ", StringComparison.Ordinal))).Trim();
    }

    /// <summary>RT posts only the names of files: the group is told where they are.</summary>
    public static string WithFiles(string text, IReadOnlyList<RtFile> files) =>
        files.Count == 0 ? text : $"{text}\n\n{string.Format(Core.Words.French, Core.Words.FilesInTool, string.Join(", ", files.Select(file => file.Filename)))}";
}
