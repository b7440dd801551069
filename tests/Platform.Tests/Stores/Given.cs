using System.Text;

namespace GroupTicketing.Platform.Tests;

/// <summary>Documents and what is pending in them, for the store tests.</summary>
static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly CancellationToken Ct = CancellationToken.None;

    public static StoredDocument Doc(
        string key,
        long version,
        string body = "{}",
        string? shelf = null,
        int minute = 0,
        DateTimeOffset? expires = null
    ) => new(key, version, Bytes(body), shelf, Noon.AddMinutes(minute), expires);

    public static PendingLane Pending(
        string key,
        string lane,
        string target = "itop",
        int? due = 0,
        int since = 0,
        int count = 1
    ) => new(key, lane, target, due is { } seconds ? Noon.AddSeconds(seconds) : null, Noon.AddSeconds(since), count);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes ?? []);
}
