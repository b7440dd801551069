using System.Security.Cryptography;
using System.Text;

namespace GroupTicketing.Simulators.School;

/// <summary>Standard Webhooks: HMAC-SHA256 of "id.timestamp.body", base64, as <c>v1,…</c>.</summary>
public sealed class Signature(string secrets)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[][] _keys = [.. secrets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Key)];

    public string Sign(string id, long timestamp, byte[] body) =>
        $"v1,{Convert.ToBase64String(Mac(_keys[0], id, timestamp, body))}";

    /// <summary>Null if one of the signatures is right and the timestamp is within five minutes; else why not.</summary>
    public string? Problem(string? id, string? timestamp, string? signatures, byte[] body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(signatures) || !long.TryParse(timestamp, out var seconds))
            return "webhook-id, webhook-timestamp ou webhook-signature manque.";
        if ((now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
            return "webhook-timestamp est à plus de cinq minutes.";
        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var right = _keys.Any(key => given.Any(g => Same(g, Mac(key, id, seconds, body))));
        return right ? null : "Aucune signature ne convient.";
    }

    private static bool Same(string given, byte[] expected)
    {
        var mac = new byte[expected.Length];
        return given.StartsWith("v1,", StringComparison.Ordinal)
            && Convert.TryFromBase64String(given[3..], mac, out var length)
            && CryptographicOperations.FixedTimeEquals(mac.AsSpan(0, length), expected);
    }

    private static byte[] Mac(byte[] key, string id, long timestamp, byte[] body) =>
        HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]);

    private static byte[] Key(string secret) =>
        Convert.FromBase64String(secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret[6..] : secret);
}
