namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>PHP's lenient decoding: what is no base64 is passed over, and what is left of it comes back.</summary>
public static class Base64
{
    public static string Lenient(string text)
    {
        if (text.Length % 4 == 0 && System.Buffers.Text.Base64.IsValid(text))
            return text;
        var digits = string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/'));
        var whole = digits.Length % 4 == 1 ? digits[..^1] : digits;
        return Convert.ToBase64String(Convert.FromBase64String(whole.PadRight((whole.Length + 3) / 4 * 4, '=')));
    }
}
