using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Persons whose creation was begun, kept as hashes until it is sure to have ended: killed in between, nobody
/// creates them a second time meanwhile.</summary>
public sealed class PeopleInDoubt(IStore store, TimeProvider clock)
{
    const string Collection = "itop";

    /// <summary>Notes that the creation begins now; or, where an earlier one may still be going on, answers for how
    /// long.</summary>
    public async Task<TimeSpan?> Begin(string organisation, string email, CancellationToken ct)
    {
        var (key, now) = (KeyOf(organisation, email), clock.GetUtcNow());
        if (
            await store.GetSide(Collection, key, ct) is { } noted
            && At(noted) + Attempt.StillWorking - now is { Ticks: > 0 } rest
        )
            return rest;
        await store.PutSide(
            Collection,
            key,
            Encoding.ASCII.GetBytes(now.ToString("O", CultureInfo.InvariantCulture)),
            now + Attempt.StillWorking,
            ct
        );
        return null;
    }

    /// <summary>iTop has said that it did not create them.</summary>
    public Task Settled(string organisation, string email, CancellationToken ct) =>
        store.DeleteSide(Collection, KeyOf(organisation, email), ct);

    static DateTimeOffset At(byte[] noted) =>
        DateTimeOffset.ParseExact(Encoding.ASCII.GetString(noted), "O", CultureInfo.InvariantCulture);

    static string KeyOf(string organisation, string email) =>
        "person/"
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{organisation}\n{email.ToUpperInvariant()}")));
}
