using System.Globalization;
using System.Text;

namespace GroupTicketing.Contracts;

/// <summary>An attachment whose bytes are kept apart.</summary>
/// <param name="Sha256">Lower-case hex of the bytes' SHA-256.</param>
/// <param name="Size">Bytes, at most 25 MiB; an empty file has none.</param>
/// <param name="Name">The file's name without any folder, at most 200 characters.</param>
/// <param name="Type">Its media type.</param>
public sealed record FileClaim(string Sha256, long Size, string Name, string Type)
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MostName = 200;

    /// <summary>The type of bytes of which nothing is known, or that a browser would run.</summary>
    public const string Unknown = "application/octet-stream";

    // What is longer, or holds a space, is part of a sentence: "Compte rendu v1.2 réunion".
    const int MostExtension = 16;

    // Beside javascript, which may bear a version: what browsers take for it (WHATWG MIME Sniffing, section 4.6), and Basic.
    static readonly string[] scripts =
    [
        "ecmascript",
        "jscript",
        "livescript",
        "vbscript",
        "x-ecmascript",
        "x-javascript",
    ];

    const char Joiner = '\u200d', NonJoiner = '\u200c';

    /// <summary>A claim with a name and a type as they came from outside, in either direction.</summary>
    public static FileClaim FromOutside(string sha256, long size, string? name, string? type) =>
        new(sha256, size, PlainName(name), PlainType(type));

    /// <summary>
    /// The name without folders, control characters or characters that change the direction of what follows; never
    /// empty, at most <see cref="MostName"/> long, its extension kept,
    /// never cut inside what people see as one character.
    /// </summary>
    public static string PlainName(string? name)
    {
        var last = (name ?? "").Replace('\\', '/').Split('/')[^1];
        var plain = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            if (
                rune.Value is Joiner or NonJoiner
                || Rune.GetUnicodeCategory(rune)
                    is not (
                        UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                    )
            )
                plain.Append(rune);
        }
        var trimmed = plain.ToString().Trim();
        return trimmed.EnumerateRunes().Any(IsSeen) ? Cut(trimmed) : "fichier";
    }

    // Joiners and marks alone show nothing, nor do the fillers of Hangul and the empty pattern of Braille.
    static bool IsSeen(Rune rune) =>
        rune.Value is not ('.' or Joiner or NonJoiner or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800)
        && !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);

    /// <summary>A media type as <c>type/subtype</c>, in lower case and without parameters; <see cref="Unknown"/> for
    /// what is none (RFC 6838, section 4.2), and for HTML, SVG, XML and scripts, which a
    /// browser that opens them would run.</summary>
    public static string PlainType(string? type)
    {
        var plain = (type ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var parts = plain.Split('/');
        if (
            parts.Length != 2
            || parts.Any(part =>
                part.Length is 0 or > 127 || !part.All(one => char.IsAsciiLetterOrDigit(one) || "!#$&-^_.+".Contains(one))
            )
        )
            return Unknown;
        return IsActive(parts[1]) ? Unknown : plain;
    }

    static bool IsActive(string subtype) =>
        subtype is "html" or "xml" or "xsl" or "mathml"
        || scripts.Contains(subtype)
        || subtype.StartsWith("javascript", StringComparison.Ordinal)
        || subtype.EndsWith("+xml", StringComparison.Ordinal);

    static string Cut(string name)
    {
        if (name.Length <= MostName)
            return name;
        var extension = Path.GetExtension(name);
        if (extension.Length > MostExtension || extension.Any(char.IsWhiteSpace))
            extension = "";
        // One "character" of combining marks alone may be longer than a name.
        return Characters.Fitting(name, MostName - extension.Length).TrimEnd() is { Length: > 0 } cut
            ? cut + extension
            : $"fichier{extension}";
    }
}
