using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>Compares an answer with the recorded one: same members in the same order, same types, same values, except for what differs
/// between any two runs (ids, references, dates, totals) and the escalation watches, which the simulator does not run.</summary>
public static partial class Likeness
{
    private static readonly string[] OnlyTheKind =
    [
        "key", "id", "item_id", "tto", "ttr", "cumulatedpending", "time_spent", "tto_escalation_deadline", "ttr_escalation_deadline",
    ];

    public static IEnumerable<string> Differences(JsonNode? recorded, JsonNode? simulated, string at = "", string member = "")
    {
        if (recorded?.GetValueKind() != simulated?.GetValueKind())
            return [$"{at}: {recorded?.ToJsonString() ?? "null"} recorded, {simulated?.ToJsonString() ?? "null"} simulated"];
        return (recorded, simulated) switch
        {
            (JsonObject a, JsonObject b) => Members(a, b, at),
            (JsonArray a, JsonArray b) => Elements(a, b, at),
            _ when OnlyTheKind.Contains(member) || Normal(recorded) == Normal(simulated) => [],
            _ => [$"{at}: {Normal(recorded)} recorded, {Normal(simulated)} simulated"],
        };
    }

    private static IEnumerable<string> Members(JsonObject recorded, JsonObject simulated, string at)
    {
        var (a, b) = (recorded.Select(m => Name(m.Key)).ToArray(), simulated.Select(m => Name(m.Key)).ToArray());
        if (!a.SequenceEqual(b))
            return [$"{at}: members {string.Join(' ', a)} recorded, {string.Join(' ', b)} simulated"];
        return recorded.Zip(simulated).SelectMany(pair => Differences(pair.First.Value, pair.Second.Value, $"{at}/{pair.First.Key}", pair.First.Key));
    }

    private static IEnumerable<string> Elements(JsonArray recorded, JsonArray simulated, string at)
    {
        if (recorded.Count != simulated.Count)
            return [$"{at}: {recorded.Count} elements recorded, {simulated.Count} simulated"];
        return recorded.Zip(simulated).SelectMany((pair, n) => Differences(pair.First, pair.Second, $"{at}/{n}"));
    }

    private static string Normal(JsonNode? value)
    {
        if (value is null || value.GetValueKind() != JsonValueKind.String)
            return value?.ToJsonString() ?? "null";
        var text = Date().Replace(Reference().Replace(Total().Replace(Id().Replace(value.ToString(), "::#"), "$1 #"), "R-#"), "DATE");
        return text.Split(", expecting {")[0];
    }

    private static string Name(string member) => Id().Replace(member, "::#");

    [GeneratedRegex(@"::\d+")]
    private static partial Regex Id();

    [GeneratedRegex(@"R-\d{6}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\b(Found:|found \() ?[1-9]\d*")]
    private static partial Regex Total();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Date();
}
