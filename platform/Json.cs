using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GroupTicketing.Platform;

/// <summary>How everything is stored: camelCase, enums by name, nulls left out, text as it is (never put into a page unencoded).</summary>
public static class Json
{
    /// <summary>The options of every stored document and message.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>UTF-8 bytes.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>By its run-time type.</summary>
    public static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), Options);

    /// <summary>From UTF-8 bytes.</summary>
    /// <exception cref="JsonException">Not such a value.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new JsonException($"null is no {typeof(T).Name}");

    /// <summary>From an element.</summary>
    public static object Read(JsonElement element, Type type) => element.Deserialize(type, Options) ?? throw new JsonException($"null is no {type.Name}");

    /// <summary>From an element.</summary>
    public static T Read<T>(JsonElement element) => (T)Read(element, typeof(T));

    /// <summary>From a node.</summary>
    public static T Read<T>(JsonNode node) => node.Deserialize<T>(Options) ?? throw new JsonException($"null is no {typeof(T).Name}");
}
