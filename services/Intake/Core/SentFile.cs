using System.Security.Cryptography;

namespace GroupTicketing.Intake.Core;

/// <summary>A file that came with a post. Its bytes stay where they came; they are read piece by piece.</summary>
public sealed class SentFile
{
    readonly Func<IEnumerable<ReadOnlyMemory<byte>>> pieces;

    SentFile(string field, int inEvent, Func<IEnumerable<ReadOnlyMemory<byte>>> pieces)
    {
        (Field, InEvent, this.pieces) = (field, inEvent, pieces);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in Pieces())
        {
            hash.AppendData(piece.Span);
            Size += piece.Length;
        }
        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A JSON pointer to it.</summary>
    public string Field { get; }

    /// <summary>Lower-case hex of the bytes' SHA-256.</summary>
    public string Sha256 { get; }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    /// <summary>How much of the event it took; nothing where it came beside it.</summary>
    public int InEvent { get; }

    /// <summary>From the inside of a JSON string that holds base64.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SentFile FromBase64(string field, ReadOnlyMemory<byte> text) =>
        new(field, text.Length, () => Base64Text.Decode(text, isInJson: true));

    /// <summary>From a part of its own.</summary>
    /// <exception cref="FormatException">It is not written as it says.</exception>
    public static SentFile FromPart(string field, SentPart part) => new(field, 0, () => part.Coding.Decode(part.Bytes));

    /// <summary>The bytes in their order; a piece is good until the next is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces() => pieces();
}
