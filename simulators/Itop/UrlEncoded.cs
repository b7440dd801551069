using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace GroupTicketing.Simulators.Itop;

/// <summary>A posted form as PHP reads it: bytes that are no UTF-8 stay broken, and <c>json_data[operation]=x</c> is a
/// member of json_data.</summary>
public static class UrlEncoded
{
    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);

    public static FormCollection Read(ReadOnlySpan<byte> body)
    {
        var form = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        var members = new JsonObject();
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            var equals = pair.IndexOf((byte)'=');
            var name = Text(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : Text(pair[(equals + 1)..]);
            if (name.StartsWith("json_data[", StringComparison.Ordinal) && name.EndsWith(']'))
                members[name["json_data[".Length..^1]] = value;
            else if (name.Length > 0)
                form[name] = value;
        }
        if (members.Count > 0)
            form["json_data"] = members.ToJsonString();
        return new FormCollection(form);
    }

    private static string Text(ReadOnlySpan<byte> encoded)
    {
        var bytes = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var escaped =
                encoded[i] == '%'
                && i + 2 < encoded.Length
                && char.IsAsciiHexDigit((char)encoded[i + 1])
                && char.IsAsciiHexDigit((char)encoded[i + 2]);
            bytes[length++] =
                escaped ? (byte)((Digit(encoded[i + 1]) << 4) + Digit(encoded[i + 2]))
                : encoded[i] == '+' ? (byte)' '
                : encoded[i];
            i += escaped ? 2 : 0;
        }
        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return "\uFFFD";
        }
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
