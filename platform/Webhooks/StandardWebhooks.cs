using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GroupTicketing.Platform;

/// <summary>Signatures as the Standard Webhooks specification has them: HMAC-SHA256 over <c>id.timestamp.body</c>,
/// version <c>v1</c>.</summary>
public static class StandardWebhooks
{
    /// <summary>How far a timestamp may be from our clock, either way (the reference libraries' tolerance).</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The key of a secret written <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
    /// <exception cref="FormatException">It is not written so.</exception>
    public static byte[] KeyOf(string secret)
    {
        const string Prefix = "whsec_";
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            throw new FormatException($"a webhook secret begins with {Prefix}");
        var key = Convert.FromBase64String(secret[Prefix.Length..]);
        return key.Length is >= 24 and <= 64 ? key : throw new FormatException("a webhook secret is base64 of 24 to 64 bytes");
    }

    /// <summary>The value of <c>webhook-signature</c>: one signature per secret, the newest first.</summary>
    public static string Sign(IEnumerable<string> secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>();
        foreach (var secret in secrets)
            signatures.Add("v1," + Convert.ToBase64String(Hmac(secret, id, Seconds(at), body)));
        return string.Join(' ', signatures);
    }

    /// <summary>Whether any signature of the header is any secret's, compared in constant time; unknown versions are
    /// passed over.</summary>
    public static bool Verify(IEnumerable<string> secrets, string id, string timestamp, string header, ReadOnlySpan<byte> body)
    {
        var given = header
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(one => one.StartsWith("v1,", StringComparison.Ordinal))
            .Select(one => one[3..])
            .Take(8)
            .ToList();
        var matches = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(Hmac(secret, id, timestamp, body)));
            foreach (var signature in given)
                matches |= CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(signature));
        }
        return matches;
    }

    /// <summary>Whether the timestamp is a number of seconds near our clock.</summary>
    public static bool IsFresh(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= (long)Tolerance.TotalSeconds;

    /// <summary>The value of <c>webhook-timestamp</c>.</summary>
    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    static byte[] Hmac(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, KeyOf(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
