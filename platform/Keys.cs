using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace GroupTicketing.Platform;

/// <summary>API keys: 256 random bits, kept only as SHA-256. At most two live keys per holder, so that one can be replaced without a pause.</summary>
public sealed class Keys(IStore store, TimeProvider clock)
{
    /// <summary>The holder of the keys that read and operate everything.</summary>
    public const string Operator = "operator";

    const int MostLive = 2;

    // A revocation is felt within this time on every instance.
    static readonly TimeSpan Believed = TimeSpan.FromSeconds(3);

    readonly ConcurrentDictionary<string, (KeyRecord? Record, DateTimeOffset Read)> known = new();

    /// <summary>Makes a key; it is shown this once.</summary>
    /// <param name="holder"><see cref="Operator"/> or a school's slug.</param>
    /// <param name="label">What it is for, for the list.</param>
    /// <exception cref="InvalidOperationException">The holder has two live keys already.</exception>
    public async Task<string> New(string holder, string label, CancellationToken ct)
    {
        if ((await List(ct)).Count(key => key.Holder == holder && key.Revoked is null) >= MostLive)
            throw new InvalidOperationException($"{holder} has {MostLive} live keys already; revoke one first");
        var key = "gt_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var hash = HashOf(key);
        var record = new KeyRecord(hash[..8], holder, label, clock.GetUtcNow(), null);
        await store.PutSide(Sides.Keys, hash, Json.Write(record), null, ct);
        return key;
    }

    /// <summary>Every key ever made, without the keys.</summary>
    public async Task<IReadOnlyList<KeyRecord>> List(CancellationToken ct) =>
        [.. (await store.ListSide(Sides.Keys, "", ct)).Select(piece => Json.Read<KeyRecord>(piece.Body)).OrderBy(key => key.Made)];

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
    public async ValueTask<string?> HolderOf(string key, CancellationToken ct)
    {
        var hash = HashOf(key);
        var now = clock.GetUtcNow();
        if (!known.TryGetValue(hash, out var found) || now - found.Read > Believed || now < found.Read)
        {
            var body = await store.GetSide(Sides.Keys, hash, ct);
            found = (body is null ? null : Json.Read<KeyRecord>(body), now);
            if (found.Record is not null)
                known[hash] = found;
        }
        return found.Record is { Revoked: null } record ? record.Holder : null;
    }

    static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>What is kept of a key.</summary>
/// <param name="Id">The first eight digits of its SHA-256.</param>
public sealed record KeyRecord(string Id, string Holder, string Label, DateTimeOffset Made, DateTimeOffset? Revoked);
