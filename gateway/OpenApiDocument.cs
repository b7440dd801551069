using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace GroupTicketing.Gateway;

/// <summary>
/// <c>contracts/openapi.yaml</c> as it is served: JSON, whole. The schemas of <c>contracts/schema/</c> are put among
/// its own with what they define, because readers
/// of OpenAPI resolve no file.
/// </summary>
public static class OpenApiDocument
{
    const string Folder = "schema/";
    const string Place = "#/components/schemas/";

    /// <summary>The document's bytes, UTF-8.</summary>
    public static byte[] Read()
    {
        var document = Json(
            new DeserializerBuilder()
                .WithAttemptingUnquotedStringTypeDeserialization()
                .Build()
                .Deserialize<object>(Text("openapi.yaml"))
        )!;
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var (name, schema) in schemas.ToList())
        {
            if (schema!["$ref"]?.GetValue<string>() is { } file && file.StartsWith(Folder, StringComparison.Ordinal))
                Embed(schemas, name, JsonNode.Parse(Text(file))!.AsObject());
        }
        return JsonSerializer.SerializeToUtf8Bytes(document, Platform.Json.Options);
    }

    static void Embed(JsonObject schemas, string name, JsonObject schema)
    {
        schema.Remove("$schema");
        var parts = schema["$defs"]!.AsObject();
        schema.Remove("$defs");
        Refer(schema, name);
        schemas[name] = schema;
        foreach (var (part, defined) in parts.ToList())
        {
            parts.Remove(part);
            Refer(defined!, name);
            schemas[name + Capital(part)] = defined;
        }
    }

    static void Refer(JsonNode node, string name)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list.OfType<JsonNode>())
                Refer(item, name);
        }
        if (node is not JsonObject members)
            return;
        if (members["$ref"]?.GetValue<string>() is { } reference)
            members["$ref"] = Place + name + Capital(reference.Split('/')[^1]);
        foreach (var member in members.Select(member => member.Value).OfType<JsonNode>().ToList())
            Refer(member, name);
    }

    static string Capital(string part) => char.ToUpperInvariant(part[0]) + part[1..];

    static JsonNode? Json(object? node) => node switch
    {
        IDictionary<object, object> members => new JsonObject(
            members.Select(member =>
                KeyValuePair.Create(Convert.ToString(member.Key, CultureInfo.InvariantCulture)!, Json(member.Value))
            )
        ),
        IList<object> items => new JsonArray([.. items.Select(Json)]),
        _ => JsonSerializer.SerializeToNode(node),
    };

    static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
