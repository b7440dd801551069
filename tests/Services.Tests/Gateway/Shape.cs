using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GroupTicketing.Services.Tests;

/// <summary>Whether a value is what a schema says, as far as our document uses schemas. Stricter than JSON Schema: a
/// member that is not described is a flaw.</summary>
static class Shape
{
    public static IReadOnlyList<string> Flaws(JsonNode schema, JsonNode? value, string where = "") =>
        [.. Look(Api.Resolved(schema), value, where)];

    static IEnumerable<string> Look(JsonNode schema, JsonNode? value, string where)
    {
        if (schema["type"] is { } type && !Types(type).Contains(TypeOf(value)))
            yield return $"{where} is {TypeOf(value)}, not {type.ToJsonString()}";
        if (schema["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)))
            yield return $"{where} is none of {names.ToJsonString()}";
        if (schema["const"] is { } only && !JsonNode.DeepEquals(only, value))
            yield return $"{where} is not {only}";
        if (
            value?.GetValueKind() is JsonValueKind.String
            && schema["pattern"] is { } pattern
            && !Regex.IsMatch((string)value!, (string)pattern!)
        )
            yield return $"{where} does not match {pattern}";
        if (
            value?.GetValueKind() is JsonValueKind.String
            && (string?)schema["format"] == "date-time"
            && !DateTimeOffset.TryParse((string)value!, out _)
        )
            yield return $"{where} is no time";
        if (schema["anyOf"] is JsonArray either && either.All(one => Flaws(one!, value, where).Count > 0))
            yield return $"{where} is nothing it may be: "
                + $"{string.Join(", ", either.SelectMany(one => Flaws(one!, value, where)))}";
        foreach (
            var flaw in value is JsonObject members ? Members(schema, members, where)
            : value is JsonArray items ? Items(schema, items, where)
            : []
        )
            yield return flaw;
        foreach (
            var flaw in (schema["allOf"] as JsonArray ?? [])
                .Where(rule => Holds(rule!["if"]!, value))
                .SelectMany(rule => Needs(rule!["then"]!, value, where))
        )
            yield return flaw;
    }

    static IEnumerable<string> Members(JsonNode schema, JsonObject members, string where)
    {
        foreach (var flaw in Needs(schema, members, where))
            yield return flaw;
        if (schema["properties"] is null && schema["additionalProperties"] is null)
            yield break;
        foreach (var (name, value) in members)
        {
            if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is not { } described)
                yield return $"{where}/{name} is not described";
            else
                foreach (var flaw in Flaws(described, value, $"{where}/{name}"))
                    yield return flaw;
        }
    }

    static IEnumerable<string> Items(JsonNode schema, JsonArray items, string where) =>
        schema["items"] is { } each ? items.Index().SelectMany(item => Flaws(each, item.Item, $"{where}/{item.Index}")) : [];

    /// <summary>What is required here and, through <c>properties</c>, below.</summary>
    static IEnumerable<string> Needs(JsonNode schema, JsonNode? value, string where)
    {
        foreach (
            var name in (schema["required"] as JsonArray ?? [])
                .Select(name => (string)name!)
                .Where(name => value is not JsonObject members || !members.ContainsKey(name))
        )
            yield return $"{where}/{name} is missing";
        if (schema["type"] is not null || value is not JsonObject inner)
            yield break;
        foreach (
            var flaw in (schema["properties"]?.AsObject() ?? [])
                .Where(member => member.Value?["required"] is not null)
                .SelectMany(member => Needs(member.Value!, inner[member.Key], $"{where}/{member.Key}"))
        )
            yield return flaw;
    }

    static bool Holds(JsonNode rule, JsonNode? value) =>
        rule["properties"]!
            .AsObject()
            .All(member =>
                (member.Value!["enum"] as JsonArray ?? [member.Value["const"]?.DeepClone()]).Any(one =>
                    JsonNode.DeepEquals(one, value?[member.Key])
                )
            );

    static IEnumerable<string> Types(JsonNode type) =>
        type is JsonArray several ? several.Select(one => (string)one!) : [(string)type!];

    static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.ToJsonString().Contains('.') ? "number" : "integer",
        _ => "boolean",
    };
}
