using System.Buffers;
using System.Buffers.Text;

namespace GroupTicketing.Intake.Core;

/// <summary>Decodes base64, piece by piece: a file's text may have 33 MiB. In a JSON string PHP escapes each slash
/// (<c>\/</c>); some tools break lines.</summary>
static class Base64Text
{
    const int Piece = 64 * 1024;

    /// <exception cref="FormatException">It is no base64.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Decode(ReadOnlyMemory<byte> text, bool isInJson)
    {
        var letters = new byte[Piece];
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(Piece)];
        var at = 0;
        do
        {
            var filled = Fill(text.Span, letters, ref at, isInJson);
            if (
                Base64.DecodeFromUtf8(letters.AsSpan(0, filled), bytes, out _, out var written, isFinalBlock: at == text.Length)
                is not OperationStatus.Done
            )
                throw new FormatException("no base64");
            yield return bytes.AsMemory(0, written);
        } while (at < text.Length);
    }

    // Blanks after the last letter are taken, too: what is padded must be known to be the end.
    static int Fill(ReadOnlySpan<byte> text, Span<byte> letters, ref int at, bool isInJson)
    {
        var filled = 0;
        while (at < text.Length)
        {
            var before = at;
            if (Letter(text, ref at, isInJson) is not { } letter)
                continue;
            if (filled == letters.Length)
            {
                at = before;
                break;
            }
            letters[filled++] = letter;
        }
        return filled;
    }

    // Null: a blank.
    static byte? Letter(ReadOnlySpan<byte> text, ref int at, bool isInJson)
    {
        var letter = text[at++];
        if (letter != '\\' || !isInJson)
            return letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' ? null : letter;
        switch (text[at++])
        {
            case (byte)'/':
                return (byte)'/';
            case (byte)'n' or (byte)'r' or (byte)'t':
                return null;
            case (byte)'u'
                when Utf8Parser.TryParse(text.Slice(at, 4), out ushort unit, out var read, 'x') && read == 4 && unit < 128:
                at += 4;
                return (byte)unit;
            default:
                throw new FormatException("no base64");
        }
    }
}
