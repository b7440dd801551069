using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace GroupTicketing.Platform;

/// <summary>API keys: 256 random bits, kept only as SHA-256. At most two live keys per holder, so that one can be
/// replaced without a pause.</summary>
public sealed class Keys(IStore store, TimeProvider clock)
{
    /// <summary>Keys that read and operate everything are held by <c>operator:NAME</c>; those of releases before 0.3 by
    /// nobody named.</summary>
    public const string Operator = "operator";

    /// <summary>How many live keys a holder has at most.</summary>
    public const int MostLive = 2;

    // A revocation is felt within this time on every instance.
    static readonly TimeSpan Believed = TimeSpan.FromSeconds(3);

    static readonly TimeSpan SessionKept = TimeSpan.FromHours(12);

    readonly ConcurrentDictionary<string, (KeyRecord? Record, DateTimeOffset Read)> known = new();

    /// <summary>Makes a key; it is shown this once.</summary>
    /// <param name="holder"><c>operator:NAME</c> or a school's slug.</param>
    /// <param name="label">What it is for, for the list.</param>
    /// <exception cref="InvalidOperationException">The holder has two live keys already.</exception>
    public async Task<string> New(string holder, string label, CancellationToken ct)
    {
        if ((await List(ct)).Count(key => key.Holder == holder && key.Revoked is null) >= MostLive)
            throw new InvalidOperationException($"{holder} has {MostLive} live keys already; revoke one first");
        var key = "gt_" + Random();
        var hash = HashOf(key);
        var record = new KeyRecord(IdOf(hash), holder, label, clock.GetUtcNow(), null);
        await store.PutSide(Sides.Keys, hash, Json.Write(record), null, ct);
        return key;
    }

    /// <summary>Every key ever made, without the keys.</summary>
    public async Task<IReadOnlyList<KeyRecord>> List(CancellationToken ct) =>
        [
            .. (await store.ListSide(Sides.Keys, "", ct))
                .Select(piece => Json.Read<KeyRecord>(piece.Body))
                .OrderBy(key => key.Made),
        ];

    /// <summary>Revokes by the id of the list. False where there is none.</summary>
    public async Task<bool> Revoke(string id, CancellationToken ct)
    {
        foreach (var (hash, body) in await store.ListSide(Sides.Keys, "", ct))
        {
            var record = Json.Read<KeyRecord>(body);
            if (record.Id != id)
                continue;
            await store.PutSide(Sides.Keys, hash, Json.Write(record with { Revoked = clock.GetUtcNow() }), null, ct);
            known.Clear();
            return true;
        }
        return false;
    }

    /// <summary>Whose key this is, or null: unknown and revoked alike.</summary>
    public ValueTask<Caller?> CallerOf(string key, CancellationToken ct) => CallerOfHash(HashOf(key), ct);

    /// <summary>The id a key has, or would have: what may be said of it.</summary>
    public static string IdOfKey(string key) => IdOf(HashOf(key));

    /// <summary>Opens a session for a browser, which never keeps the key: it ends with the key, at the end of a working
    /// day, or when it is closed. Of a key that is not live it is nobody's.</summary>
    public async Task<string> OpenSession(string key, CancellationToken ct)
    {
        var (session, until) = (Random(), clock.GetUtcNow() + SessionKept);
        await store.PutSide(Sides.Sessions, HashOf(session), Json.Write(new SessionRecord(HashOf(key), until)), until, ct);
        return session;
    }

    /// <summary>Whose session this is, or null.</summary>
    public async ValueTask<Caller?> CallerOfSession(string session, CancellationToken ct)
    {
        var body = await store.GetSide(Sides.Sessions, HashOf(session), ct);
        return body is not null && Json.Read<SessionRecord>(body) is { } open && open.Until > clock.GetUtcNow()
            ? await CallerOfHash(open.Key, ct)
            : null;
    }

    /// <summary>Nobody holds it any more.</summary>
    public Task CloseSession(string session, CancellationToken ct) => store.DeleteSide(Sides.Sessions, HashOf(session), ct);

    async ValueTask<Caller?> CallerOfHash(string hash, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!known.TryGetValue(hash, out var found) || now - found.Read > Believed || now < found.Read)
        {
            var body = await store.GetSide(Sides.Keys, hash, ct);
            found = (body is null ? null : Json.Read<KeyRecord>(body), now);
            if (found.Record is not null)
                known[hash] = found;
        }
        return found.Record is { Revoked: null } record ? new Caller(record.Holder, record.Id) : null;
    }

    static string Random() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    static string IdOf(string hash) => hash[..8];

    static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>What is kept of a key.</summary>
/// <param name="Id">The first eight digits of its SHA-256.</param>
public sealed record KeyRecord(string Id, string Holder, string Label, DateTimeOffset Made, DateTimeOffset? Revoked);

/// <summary>What is kept of a browser's session, under its SHA-256.</summary>
/// <param name="Key">SHA-256 of the key it was opened with.</param>
sealed record SessionRecord(string Key, DateTimeOffset Until);
