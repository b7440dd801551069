using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GroupTicketing.Intake.Adapters;

/// <summary>The names of a multipart's part: the field's, and the file's where it is one.</summary>
static partial class PartNames
{
    /// <returns>The file's is null where the part is none; empty where it is one without a name.</returns>
    /// <exception cref="InvalidDataException">It has none.</exception>
    public static (string? Name, string? File) From(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            throw new InvalidDataException("a part without a name");
        var file = Extended(disposition);
        var plain = Unescaped(HeaderUtilities.RemoveQuotes(disposition.FileName).Value);
        if (file.Decoded is null && plain is { Length: > 0 })
            file.Decoded = AsBrowsersSend(plain);
        return (Unescaped(disposition.Name.Value), file.Decoded ?? file.Raw ?? plain);
    }

    // A name with its own character set named (RFC 5987) says more than the plain one beside it, if that set is known.
    // Without a plain one a part is a file all the same.
    static (string? Decoded, string? Raw) Extended(ContentDispositionHeaderValue disposition)
    {
        var given = disposition.Parameters.FirstOrDefault(one =>
            one.Name.Equals("filename*", StringComparison.OrdinalIgnoreCase)
        );
        if (HeaderUtilities.RemoveQuotes(given?.Value ?? default).Value is not { Length: > 0 } value)
            return (null, null);
        if (value.Split('\'', 3) is not [var set, _, var raw])
            return (null, value);
        try
        {
            var strict = Encoding.GetEncoding(set, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return raw.Length > 0 ? (strict.GetString(Bytes(raw)), raw) : (null, null);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or FormatException)
        {
            return (null, raw);
        }
    }

    static byte[] Bytes(string raw)
    {
        var bytes = new List<byte>(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '%' && at + 2 < raw.Length)
            {
                bytes.AddRange(Convert.FromHexString(raw.AsSpan(at + 1, 2)));
                at += 2;
            }
            else
                bytes.Add(char.IsAscii(raw[at]) && raw[at] != '%' ? (byte)raw[at] : throw new FormatException("not in percent"));
        }
        return [.. bytes];
    }

    // Old browsers write folders with bare backslashes (C:\temp\a.txt): only quotes and backslashes are ever escaped.
    static string? Unescaped(string? name) => name is null ? null : Escaped().Replace(name, "$1");

    // Browsers write these three, and no others, in percent (WHATWG HTML, multipart form data).
    static string AsBrowsersSend(string name) => name.Replace("%22", "\"").Replace("%0D", "\r").Replace("%0A", "\n");

    [GeneratedRegex("""\\(["\\])""")]
    private static partial Regex Escaped();
}
