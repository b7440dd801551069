namespace GroupTicketing.Directory;

/// <summary>Whether a secret can do its work. What is wrong is said without a character of it.</summary>
internal static class SecretForm
{
    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;
    private const int LeastToken = 16;
    private const string Mend = "make one by: echo \"whsec_$(openssl rand -base64 32)\"";

    /// <summary>What is wrong with a key of Standard Webhooks, or null.</summary>
    public static string? OfWebhook(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            return $"the secret must begin with {Prefix}: {Mend}";
        var decoded = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret[Prefix.Length..], decoded, out var length))
            return $"what follows {Prefix} in the secret is not base64: {Mend}";
        if (length is < LeastBytes or > MostBytes)
            return $"the secret is {length} bytes long, not {LeastBytes} to {MostBytes}: {Mend}";
        return IsConstant(decoded.AsSpan(0, length)) ? $"the secret is one byte, repeated: {Mend}" : null;
    }

    /// <summary>What is wrong with a word that two tools share, or null.</summary>
    public static string? OfToken(string secret)
    {
        if (secret.Length < LeastToken)
            return $"the secret has {secret.Length} characters, fewer than {LeastToken}: make one by: openssl rand -hex 24";
        return IsConstant(secret.AsSpan()) ? "the secret is one character, repeated: make one by: openssl rand -hex 24" : null;
    }

    /// <summary>What is wrong with a key that the school's tool made, or null: its length is the tool's affair.</summary>
    public static string? OfKey(string secret) => IsConstant(secret.AsSpan()) ? "the key is one character, repeated: take the one that the tool gives" : null;

    private static bool IsConstant<T>(ReadOnlySpan<T> text) => !text.ContainsAnyExcept(text[0]);
}
