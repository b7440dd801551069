using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroupTicketing.Intake.Dialects;

/// <summary>Who may read a text or a file in the school's tool.</summary>
public enum GenericVisibility
{
    /// <summary>Said so exactly, or not said at all.</summary>
    Public,

    /// <summary>Anything else.</summary>
    Private,
}

/// <summary>In which role something was written.</summary>
public enum GenericBy
{
    /// <summary>Said so exactly, or not said at all.</summary>
    Support,

    /// <summary>Anything else: of the two, the one that may do less.</summary>
    Requester,
}

/// <summary>Words that guard privacy, as they are read; at the door all others are refused (<see
/// cref="GenericCheck"/>).</summary>
static class GenericWords
{
    public static readonly string[] Visibilities = ["public", "private"];

    public static readonly string[] Roles = ["requester", "support"];

    /// <summary>Whether it hands over a ticket that is not public: it would cross whole.</summary>
    public static bool IsPrivateOpening(JsonElement said) =>
        said.ValueKind is JsonValueKind.Object
        && said.TryGetProperty("type", out var type)
        && type.ValueKind is JsonValueKind.String
        && type.ValueEquals("ticket.opened")
        && said.TryGetProperty("data", out var data)
        && data.ValueKind is JsonValueKind.Object
        && data.EnumerateObject()
            .Any(member =>
                member.Name.Equals("visibility", StringComparison.OrdinalIgnoreCase)
                && (member.Value.ValueKind is not JsonValueKind.String || !member.Value.ValueEquals("public"))
            );

    /// <summary>Whether the value is exactly that word; it is read to its end.</summary>
    public static bool Is(ref Utf8JsonReader reader, string word)
    {
        var isWord = reader.TokenType is JsonTokenType.String && reader.ValueTextEquals(word);
        reader.Skip();
        return isWord;
    }
}

/// <summary>Reads a visibility, whatever it is; null is a value like others.</summary>
sealed class GenericVisibilityWord : JsonConverter<GenericVisibility>
{
    public override bool HandleNull => true;

    public override GenericVisibility Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        GenericWords.Is(ref reader, "public") ? GenericVisibility.Public : GenericVisibility.Private;

    public override void Write(Utf8JsonWriter writer, GenericVisibility value, JsonSerializerOptions options) =>
        writer.WriteStringValue(GenericWords.Visibilities[(int)value]);
}

/// <summary>Reads a role, whatever it is; null is a value like others.</summary>
sealed class GenericByWord : JsonConverter<GenericBy>
{
    public override bool HandleNull => true;

    public override GenericBy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        GenericWords.Is(ref reader, "support") ? GenericBy.Support : GenericBy.Requester;

    public override void Write(Utf8JsonWriter writer, GenericBy value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value is GenericBy.Support ? "support" : "requester");
}
