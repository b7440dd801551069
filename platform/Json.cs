using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GroupTicketing.Platform;

/// <summary>How everything is stored: camelCase, enums by name, nulls left out, text as it is (never put into a page
/// unencoded).</summary>
public static class Json
{
    /// <summary>The options of every stored document and message.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new AsItIs() },
    };

    /// <summary>The same, refusing members it does not know where a type keeps none.</summary>
    public static readonly JsonSerializerOptions Strict = new(Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Copies what a later release wrote and <paramref name="type"/> does not know, also in the objects in it;
    /// lists are as they are written now.</summary>
    public static void KeepUnknown(JsonObject read, JsonNode written, Type type)
    {
        if (Options.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } info || written is not JsonObject target)
            return;
        var known = info
            .Properties.Where(property => !property.IsExtensionData)
            .ToDictionary(property => property.Name, property => property.PropertyType);
        foreach (var (name, value) in read)
        {
            if (!known.TryGetValue(name, out var inner))
                target[name] = value?.DeepClone();
            else if (value is JsonObject before && target[name] is { } now)
                KeepUnknown(before, now, inner);
        }
    }

    /// <summary>UTF-8 bytes.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>By its run-time type.</summary>
    public static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), Options);

    /// <summary>From UTF-8 bytes.</summary>
    /// <exception cref="JsonException">Not such a value.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new JsonException($"null is no {typeof(T).Name}");

    /// <summary>From an element.</summary>
    public static object Read(JsonElement element, Type type) =>
        element.Deserialize(type, Options) ?? throw new JsonException($"null is no {type.Name}");

    /// <summary>From an element.</summary>
    public static T Read<T>(JsonElement element) => (T)Read(element, typeof(T));

    /// <summary>From a node.</summary>
    public static object Read(JsonNode node, Type type) =>
        node.Deserialize(type, Options) ?? throw new JsonException($"null is no {type.Name}");

    /// <summary>From a node.</summary>
    public static T Read<T>(JsonNode node) => (T)Read(node, typeof(T));

    // What was serialized or read once is copied, not taken apart and written again.
    sealed class AsItIs : JsonConverter<JsonElement>
    {
        public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonElement.ParseValue(ref reader);

        public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }
}
