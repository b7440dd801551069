using System.Text.Json;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>An object of an answer.</summary>
public sealed record ItopObject(string Key, JsonElement Fields)
{
    /// <summary>A field as text: iTop writes numbers now as numbers, now as strings. Null where it is absent, null or
    /// empty.</summary>
    public string? Text(string name)
    {
        if (
            Fields.ValueKind is not JsonValueKind.Object
            || !Fields.TryGetProperty(name, out var value)
            || value.ValueKind is JsonValueKind.Null
        )
            return null;
        var text = value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText();
        return string.IsNullOrEmpty(text) ? null : text;
    }
}
