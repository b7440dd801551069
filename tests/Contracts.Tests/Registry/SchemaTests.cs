using System.Reflection;
using System.Text.Json;
using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>The schemas for editors hold each property of the models, and no other.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("catalogue", typeof(Catalogue))]
    [InlineData("school", typeof(School))]
    [InlineData("calendar", typeof(Calendar))]
    public void The_schema_is_the_model(string schema, Type model)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf($"registry/schema/{schema}.schema.json")));

        Compare(document.RootElement, document.RootElement, model, []).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void Every_setting_of_a_school_is_in_the_example()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("registry/schema/school.schema.json")));
        var example = File.ReadAllText(Repository.PathOf("deploy/pilot/schools/lyon.yaml.example"));

        foreach (var key in Keys(document.RootElement))
            example.ShouldContain($"{key}:");
    }

    private static int Compare(JsonElement root, JsonElement schema, Type model, HashSet<Type> seen)
    {
        if (!seen.Add(model))
            return 0;
        schema = Followed(root, schema);
        schema.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        var properties = schema.GetProperty("properties");
        var parts = Parts(model);
        properties.EnumerateObject().Select(p => p.Name).Order()
            .ShouldBe(parts.Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!)).Order(), model.Name);

        foreach (var part in parts)
            if (Inner(part.ParameterType) is { } inner)
            {
                var below = Followed(root, properties.GetProperty(JsonNamingPolicy.CamelCase.ConvertName(part.Name!)));
                Compare(root, below.TryGetProperty("items", out var items) ? items : below, inner, seen);
            }
        return parts.Count;
    }

    private static JsonElement Followed(JsonElement root, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var to)
            ? root.GetProperty("$defs").GetProperty(to.GetString()!.Split('/')[^1])
            : schema;

    // A node's line is where it stands, not something written.
    private static List<ParameterInfo> Parts(Type model) =>
        [.. model.GetConstructors().Single().GetParameters().Where(p => (model, p.Name) != (typeof(RouteNode), "Line"))];

    /// <summary>The record inside a list or standing alone, when it is written as a group of keys.</summary>
    private static Type? Inner(Type type)
    {
        var item =
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
                ? type.GetGenericArguments()[0]
                : type;
        var written = item.Assembly == typeof(School).Assembly && item.IsClass && item != typeof(SecretReference);
        return written ? item : null;
    }

    private static IEnumerable<string> Keys(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(Keys);
        if (element.ValueKind is not JsonValueKind.Object)
            return [];

        var own = element.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(p => p.Name)
            : [];
        return own.Concat(element.EnumerateObject().SelectMany(p => Keys(p.Value)));
    }
}
