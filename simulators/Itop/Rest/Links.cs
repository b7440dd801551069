using System.Text.Json;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>Link sets given inside a create: one linked object each.</summary>
public static class Links
{
    public static void Create(ItopStore store, ItopObject parent, JsonElement fields)
    {
        if (fields.ValueKind != JsonValueKind.Object)
            return;
        foreach (
            var attribute in parent.Model.Attributes.Where(a => a is { Kind: "links", Of: not null, Target: not "UserRequest" })
        )
            if (fields.TryGetProperty(attribute.Code, out var items) && items.ValueKind == JsonValueKind.Array)
                foreach (var item in items.EnumerateArray())
                    store.Create(attribute.Target!, Values(item, attribute.Of!, parent.Id), null);
    }

    private static Dictionary<string, object?> Values(JsonElement item, string key, int parent)
    {
        var values = item.EnumerateObject().ToDictionary(m => m.Name, object? (m) => m.Value.ToString(), StringComparer.Ordinal);
        values[key] = $"{parent}";
        return values;
    }
}
