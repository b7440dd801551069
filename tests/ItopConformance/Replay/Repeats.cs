using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>Long texts are described in the recordings,
/// <c>{"repeat":"x","count":60000,"before":"&lt;p&gt;","after":"&lt;/p&gt;"}</c>, and made here.</summary>
public static class Repeats
{
    private const int Most = 1_000_000;

    public static JsonNode? Expand(JsonNode? node) => node switch
    {
        JsonObject described when Text(described) is { } text => JsonValue.Create(text),
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Expand(m.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Expand)]),
        _ => node?.DeepClone(),
    };

    private static string? Text(JsonObject described)
    {
        if (described["repeat"] is not { } repeated || described["count"] is not { } count)
            return null;
        var made = string.Concat(Enumerable.Repeat(repeated.ToString(), Math.Min(Most, (int)count)));
        return $"{described["before"]}{made}{described["after"]}";
    }
}
