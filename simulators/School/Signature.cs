using System.Security.Cryptography;
using System.Text;

namespace GroupTicketing.Simulators.School;

/// <summary>Standard Webhooks, written here once more on purpose: the tool's own view of the specification, not ours.</summary>
static class Signature
{
    public static string Of(string secret, string id, string timestamp, byte[] body)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    public static bool IsRight(string secret, IHeaderDictionary headers, byte[] body, DateTimeOffset now)
    {
        var (id, timestamp) = ($"{headers["webhook-id"]}", $"{headers["webhook-timestamp"]}");
        if (!long.TryParse(timestamp, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > 300)
            return false;
        var expected = Encoding.ASCII.GetBytes(Of(secret, id, timestamp, body));
        return $"{headers["webhook-signature"]}".Split(' ').Any(given => CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(given)));
    }

    public static string Rt(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        return "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
