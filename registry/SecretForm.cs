using GroupTicketing.Registry.Reading;

namespace GroupTicketing.Registry;

/// <summary>Whether a secret can do its work. What is wrong is said without a character of it.</summary>
internal static class SecretForm
{
    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;
    private const int LeastToken = 16;
    private const string ByWebhook = "echo \"whsec_$(openssl rand -base64 32)\"";
    private const string ByToken = "openssl rand -hex 24";

    /// <summary>What is wrong with a key of Standard Webhooks, or null.</summary>
    public static string? OfWebhook(string secret)
    {
        var mend = FileTexts.Text("MakeBy", ByWebhook);
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            return FileTexts.Text("SecretPrefix", Prefix, mend);
        var decoded = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret[Prefix.Length..], decoded, out var length))
            return FileTexts.Text("SecretNotBase64", Prefix, mend);
        if (length is < LeastBytes or > MostBytes)
            return FileTexts.Text("SecretLength", length, LeastBytes, MostBytes, mend);
        return IsConstant(decoded.AsSpan(0, length)) ? FileTexts.Text("SecretOneByte", mend) : null;
    }

    /// <summary>What is wrong with a word that two tools share, or null.</summary>
    public static string? OfToken(string secret)
    {
        var mend = FileTexts.Text("MakeBy", ByToken);
        if (secret.Length < LeastToken)
            return FileTexts.Text("SecretShort", secret.Length, LeastToken, mend);
        return IsConstant(secret.AsSpan()) ? FileTexts.Text("SecretOneCharacter", mend) : null;
    }

    /// <summary>What is wrong with a key that the school's tool made, or null: its length is the tool's affair. It is sent in
    /// a header, where what follows the end of a line would be a header of its own.</summary>
    public static string? OfKey(string secret) =>
        secret.AsSpan().ContainsAnyExceptInRange('!', '~') ? FileTexts.Text("KeyUnseen")
        : IsConstant(secret.AsSpan()) ? FileTexts.Text("KeyOneCharacter")
        : null;

    private static bool IsConstant<T>(ReadOnlySpan<T> text) => !text.ContainsAnyExcept(text[0]);
}
