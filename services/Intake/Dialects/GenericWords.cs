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
    /// <param name="said">JSON, which is parsed no further: in a tool's answer it may be large.</param>
    public static bool IsPrivateOpening(ReadOnlySpan<byte> said)
    {
        var reader = new Utf8JsonReader(said);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            return false;
        var (opens, hides) = (false, false);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var (isType, isData) = (reader.ValueTextEquals("type"), reader.ValueTextEquals("data"));
            reader.Read();
            if (isType)
                opens |= Is(ref reader, "ticket.opened");
            else if (isData && reader.TokenType is JsonTokenType.StartObject)
                hides |= Hides(ref reader);
            reader.Skip();
        }
        return opens && hides;
    }

    static bool Hides(ref Utf8JsonReader data)
    {
        var hides = false;
        while (data.Read() && data.TokenType is JsonTokenType.PropertyName)
        {
            var isVisibility = "visibility".Equals(data.GetString(), StringComparison.OrdinalIgnoreCase);
            data.Read();
            hides |= isVisibility && !Is(ref data, "public");
            data.Skip();
        }
        return hides;
    }

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
