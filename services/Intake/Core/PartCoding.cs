using System.Buffers;

namespace GroupTicketing.Intake.Core;

/// <summary>How the bytes of a multipart's part are written (<c>Content-Transfer-Encoding</c>). RFC 7578, section 4.7,
/// wants none any more; some senders go on.</summary>
public enum PartCoding
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>Base64.</summary>
    Base64,

    /// <summary>Quoted-printable.</summary>
    QuotedPrintable,

    /// <summary>By a name that nobody knows: they cannot be read.</summary>
    Unknown,
}

/// <summary>Reads what is written so.</summary>
static class PartCodings
{
    const int Piece = 64 * 1024;

    /// <summary>What the header's value names.</summary>
    public static PartCoding Named(string? value) => value?.Trim().ToLowerInvariant() switch
    {
        null or "" or "7bit" or "8bit" or "binary" => PartCoding.None,
        "base64" => PartCoding.Base64,
        "quoted-printable" => PartCoding.QuotedPrintable,
        _ => PartCoding.Unknown,
    };

    /// <summary>The bytes in their order; a piece is good until the next is asked for.</summary>
    /// <exception cref="FormatException">They are not written so.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Decode(this PartCoding coding, ReadOnlyMemory<byte> sent) => coding switch
    {
        PartCoding.None => Slices(sent),
        PartCoding.Base64 => Base64Text.Decode(sent, isInJson: false),
        PartCoding.QuotedPrintable => QuotedPrintable.Decode(sent),
        _ => throw new FormatException("an unknown encoding"),
    };

    /// <summary>All bytes at once, or null where they are more than that.</summary>
    /// <exception cref="FormatException">They are not written so.</exception>
    public static ReadOnlyMemory<byte>? Whole(this PartCoding coding, ReadOnlyMemory<byte> sent, int most)
    {
        var whole = new ArrayBufferWriter<byte>();
        foreach (var piece in coding.Decode(sent))
        {
            whole.Write(piece.Span);
            if (whole.WrittenCount > most)
                return null;
        }
        return whole.WrittenMemory;
    }

    static IEnumerable<ReadOnlyMemory<byte>> Slices(ReadOnlyMemory<byte> sent)
    {
        for (var at = 0; at < sent.Length; at += Piece)
            yield return sent[at..Math.Min(at + Piece, sent.Length)];
    }
}
