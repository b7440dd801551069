using System.Buffers;
using System.Buffers.Text;

namespace GroupTicketing.Intake.Core;

/// <summary>Decodes quoted-printable (RFC 2045, section 6.7), piece by piece.</summary>
static class QuotedPrintable
{
    const int Piece = 64 * 1024;

    // A line has at most 76 characters: what has more blanks than this in a row means them.
    const int MostBlanks = 1_000;

    static readonly SearchValues<byte> blank = SearchValues.Create(" \t"u8);
    static readonly SearchValues<byte> special = SearchValues.Create(" \t="u8);

    /// <exception cref="FormatException">It is none.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Decode(ReadOnlyMemory<byte> text)
    {
        var bytes = new byte[Piece];
        for (var at = 0; at < text.Length;)
            yield return bytes.AsMemory(0, Fill(text.Span, bytes, ref at));
    }

    static int Fill(ReadOnlySpan<byte> text, Span<byte> bytes, ref int at)
    {
        var filled = 0;
        while (at < text.Length && filled < bytes.Length)
        {
            var rest = text[at..];
            if (rest[0] == '=')
            {
                at += Escape(rest, out var meant);
                if (meant is { } one)
                    bytes[filled++] = one;
                continue;
            }
            var blanks = Blanks(rest);
            // Blanks at a line's end were added on the way.
            if (blanks > 0 && (blanks == rest.Length || rest[blanks] is (byte)'\r' or (byte)'\n'))
            {
                at += blanks;
                continue;
            }
            var plain = blanks > 0 ? blanks : rest.IndexOfAny(special) is >= 0 and var end ? end : rest.Length;
            var taken = Math.Min(plain, bytes.Length - filled);
            rest[..taken].CopyTo(bytes[filled..]);
            filled += taken;
            at += taken;
        }
        return filled;
    }

    // How long it is, and the byte it means; null: a line broken only on the way.
    static int Escape(ReadOnlySpan<byte> rest, out byte? meant)
    {
        meant = null;
        if (rest.Length > 2 && Utf8Parser.TryParse(rest.Slice(1, 2), out byte one, out var read, 'x') && read == 2)
        {
            meant = one;
            return 3;
        }
        var after = 1 + Blanks(rest[1..]);
        if (after == rest.Length)
            return after;
        if (rest[after] == '\n')
            return after + 1;
        if (rest[after] == '\r' && after + 1 < rest.Length && rest[after + 1] == '\n')
            return after + 2;
        throw new FormatException("no quoted-printable");
    }

    static int Blanks(ReadOnlySpan<byte> rest)
    {
        var near = rest[..Math.Min(rest.Length, MostBlanks)];
        return near.IndexOfAnyExcept(blank) is >= 0 and var end ? end : near.Length;
    }
}
