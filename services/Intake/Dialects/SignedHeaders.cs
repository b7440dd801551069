using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake.Dialects;

/// <summary>What a post's headers claim of its signature, before the body is there to hold it against.</summary>
static class SignedHeaders
{
    /// <param name="timestamp">The header with the seconds since 1970.</param>
    /// <param name="others">The headers that must be there, too.</param>
    public static Signed Claim(
        IReadOnlyDictionary<string, string> headers,
        DateTimeOffset now,
        string timestamp,
        params ReadOnlySpan<string> others
    )
    {
        foreach (var other in others)
        {
            if (!headers.ContainsKey(other))
                return Signed.Missing;
        }
        return !headers.TryGetValue(timestamp, out var seconds) ? Signed.Missing
            : StandardWebhooks.IsFresh(seconds, now) ? Signed.Right
            : Signed.Old;
    }
}
