using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using GroupTicketing.Intake.Core;

namespace GroupTicketing.Intake.Dialects;

/// <summary>
/// The one strict pass over an event: what parsers read differently (a member twice, half of a character, another
/// encoding, deep nesting) is refused by its pointer. What comes out is
/// plain JSON in UTF-8, in which each file's <c>content</c> has become its hash and size.
/// </summary>
ref struct StrictJson
{
    /// <summary>How many files one event may bear.</summary>
    public const int MostFiles = 50;

    /// <summary>How many flaws of an event are told.</summary>
    public const int MostFlaws = 50;

    // Of a pointer that is longer only the beginning is told: what was sent does not decide how much is answered.
    const int MostDepth = 16, MostName = 200, MostPointer = 1_000;

    // Written, a character may take six times what it took as it was sent (U+007F is escaped), and sent six times what it takes.
    const int MostEscaped = 6, MostWritten = MostEscaped * RawPost.MostBytes, MostSent = MostEscaped * RawPost.MostBytes;

    /// <summary>More of them came, in the event and beside it.</summary>
    public static Flaw TooManyFiles => new("/data/files", string.Format(Texts.French, Texts.TooManyFiles, MostFiles));

    const string Content = "content", Hash = "sha256", Size = "size";

    readonly ReadOnlyMemory<byte> body;
    readonly Utf8JsonWriter writer;
    readonly Stack<string> path = new();
    readonly List<SentFile> files = [];
    readonly List<Flaw> flaws = [];
    Utf8JsonReader reader;
    bool isTooBig;

    StrictJson(ReadOnlyMemory<byte> body, IBufferWriter<byte> written)
    {
        this.body = body;
        writer = new Utf8JsonWriter(
            written,
            new JsonWriterOptions
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                MaxDepth = 2 * MostDepth,
                SkipValidation = true,
            }
        );
        // Levels are counted here, where their place is known: the reader's own limit would be told as no JSON at all.
        reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
    }

    bool IsFull => isTooBig || writer.BytesCommitted + writer.BytesPending > MostWritten || flaws.Count >= MostFlaws;

    // A file's members stand here: in an attachment's data, or in an item of the list of files.
    bool IsFile =>
        path.Count == 1 ? path.Peek() == "data" : path.Count == 3 && path.ElementAt(1) == "files" && path.ElementAt(2) == "data";

    /// <summary>Reads the whole of it; what is much too big, or wrong in many places, not to its end, and nothing is
    /// left of it.</summary>
    public static Unpacked Read(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
            body = body[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(body.Span))
            return Unpacked.Flawed(new Flaw("", string.Format(Texts.French, Texts.NotUtf8, FirstInvalid(body.Span) + 1)));
        var written = new ArrayBufferWriter<byte>();
        var pass = new StrictJson(body, written);
        try
        {
            pass.All();
        }
        catch (JsonException exception)
        {
            return Unpacked.Flawed(
                new Flaw(
                    "",
                    string.Format(Texts.French, Texts.NotJson, exception.LineNumber + 1, exception.BytePositionInLine + 1)
                )
            );
        }
        return pass.IsFull
            ? new(Post.Bare([]), pass.files, pass.flaws) { IsTooBig = pass.flaws.Count < MostFlaws }
            : new(Post.Bare(written.WrittenSpan.ToArray()), pass.files, pass.flaws);
    }

    void All()
    {
        reader.Read();
        Value();
        // Throws where something stands after it.
        if (!IsFull)
            reader.Read();
        writer.Flush();
    }

    void Value()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when reader.CurrentDepth >= MostDepth:
            case JsonTokenType.StartArray when reader.CurrentDepth >= MostDepth:
                Wrong(Texts.TooDeep);
                reader.Skip();
                writer.WriteNullValue();
                break;
            case JsonTokenType.StartObject:
                Members();
                break;
            case JsonTokenType.StartArray:
                Items();
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Text());
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    void Members()
    {
        writer.WriteStartObject();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!IsFull && reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
        {
            var name = Name();
            reader.Read();
            var isFile = IsFile;
            path.Push(name ?? "…");
            if (name is null)
                Wrong(string.Format(Texts.French, Texts.NameTooLong, MostName));
            else if (!names.Add(name))
                Wrong(Texts.Twice);
            if (isFile && name is Content)
                File();
            else if (isFile && name is Hash or Size)
                reader.Skip();
            else
            {
                writer.WritePropertyName(name ?? "");
                Value();
            }
            path.Pop();
        }
        Close();
    }

    void Items()
    {
        writer.WriteStartArray();
        for (var index = 0; !IsFull && reader.Read() && reader.TokenType is not JsonTokenType.EndArray; index++)
        {
            path.Push(index.ToString(CultureInfo.InvariantCulture));
            Value();
            path.Pop();
        }
        Close();
    }

    // What is not read to its end is too big, or wrong enough: nobody reads what was written of it.
    readonly void Close()
    {
        if (reader.TokenType is JsonTokenType.EndArray)
            writer.WriteEndArray();
        else if (reader.TokenType is JsonTokenType.EndObject)
            writer.WriteEndObject();
    }

    void File()
    {
        var hash = "";
        var size = 0L;
        try
        {
            if (reader.TokenType is not JsonTokenType.String)
                throw new FormatException("no text");
            var inside = body.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            if (files.Count == MostFiles)
                Wrong(string.Format(Texts.French, Texts.TooManyFiles, MostFiles));
            if (files.Count >= MostFiles)
                return;
            var file = SentFile.FromBase64(Pointer(), inside);
            files.Add(file);
            (hash, size) = (file.Sha256, file.Size);
        }
        catch (FormatException)
        {
            Wrong(Texts.Base64);
            reader.Skip();
        }
        writer.WriteString(Hash, hash);
        writer.WriteNumber(Size, size);
    }

    // Null: it is longer than any of ours or of anybody's.
    string? Name() =>
        reader.ValueSpan.Length <= MostEscaped * MostName && Text() is { Length: <= MostName } name ? name : null;

    // Half of a character (RFC 8259, section 8.2) is no text, and stores and tools do not take it.
    string Text()
    {
        if (reader.ValueSpan.Length > MostSent)
        {
            isTooBig = true;
            return "";
        }
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Wrong(Texts.HalfCharacter);
            return "";
        }
    }

    readonly void Wrong(string what) => flaws.Add(new Flaw(Pointer(), what));

    readonly string Pointer()
    {
        var whole = string.Concat(path.Reverse().Select(part => $"/{part.Replace("~", "~0").Replace("/", "~1")}"));
        return whole.Length > MostPointer ? $"{whole[..MostPointer]}…" : whole;
    }

    static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) is OperationStatus.Done)
            at += length;
        return at;
    }
}
