using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>Compares an answer with the recorded one: same members in the same order, same types, same values. Ids,
/// references, dates and totals too:
/// the simulator starts from the same data and its clock stands where iTop's stood. Not compared: what a list of
/// expectations in an error names, and SQL.</summary>
public static partial class Likeness
{
    public static IEnumerable<string> Differences(JsonNode? recorded, JsonNode? simulated, string at = "")
    {
        if (recorded?.GetValueKind() != simulated?.GetValueKind())
            return [$"{at}: {recorded?.ToJsonString() ?? "null"} recorded, {simulated?.ToJsonString() ?? "null"} simulated"];
        return (recorded, simulated) switch
        {
            (JsonObject a, JsonObject b) => Members(a, b, at),
            (JsonArray a, JsonArray b) => Elements(a, b, at),
            _ when Normal(recorded) == Normal(simulated) => [],
            _ => [$"{at}: {Normal(recorded)} recorded, {Normal(simulated)} simulated"],
        };
    }

    private static IEnumerable<string> Members(JsonObject recorded, JsonObject simulated, string at)
    {
        var (a, b) = (recorded.Select(m => m.Key).ToArray(), simulated.Select(m => m.Key).ToArray());
        if (!a.SequenceEqual(b))
            return [$"{at}: members {string.Join(' ', a)} recorded, {string.Join(' ', b)} simulated"];
        return recorded
            .Zip(simulated)
            .SelectMany(pair => Differences(pair.First.Value, pair.Second.Value, $"{at}/{pair.First.Key}"));
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
        return Sql().Replace(value.ToString().Split(", expecting {")[0], "query = …, mysql_errno");
    }

    [GeneratedRegex("query = .*, mysql_errno", RegexOptions.Singleline)]
    private static partial Regex Sql();
}
