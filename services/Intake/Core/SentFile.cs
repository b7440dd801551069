using System.Security.Cryptography;

namespace GroupTicketing.Intake.Core;

/// <summary>A file that came with a post. Its bytes stay where they came; they are read piece by piece.</summary>
public sealed class SentFile
{
    const int Piece = 64 * 1024;

    readonly ReadOnlyMemory<byte> sent;
    readonly bool isBase64;

    SentFile(string field, ReadOnlyMemory<byte> sent, bool isBase64)
    {
        (Field, this.sent, this.isBase64) = (field, sent, isBase64);
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
    public int InEvent => isBase64 ? sent.Length : 0;

    /// <summary>From the inside of a JSON string that holds base64.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SentFile FromBase64(string field, ReadOnlyMemory<byte> text) => new(field, text, isBase64: true);

    /// <summary>From the bytes themselves.</summary>
    public static SentFile FromBytes(string field, ReadOnlyMemory<byte> bytes) => new(field, bytes, isBase64: false);

    /// <summary>The bytes in their order; a piece is good until the next is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces() => isBase64 ? Base64Text.Decode(sent) : Slices();

    IEnumerable<ReadOnlyMemory<byte>> Slices()
    {
        for (var at = 0; at < sent.Length; at += Piece)
            yield return sent[at..Math.Min(at + Piece, sent.Length)];
    }
}
