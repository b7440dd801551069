using System.Text.Json.Nodes;
using Microsoft.Extensions.Caching.Memory;

namespace GroupTicketing.Platform;

/// <summary>
/// Documents as this process last wrote them: a ticket's messages come close together, and reading the document back
/// each time would cost more than deciding.
/// It is only ever a first guess. Whoever takes one out has it alone; the store's version says at the write whether it was right.
/// </summary>
sealed class Recent<TState>
{
    const long MostBytes = 1024 * 1024;

    static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    readonly MemoryCache documents = new(new MemoryCacheOptions { SizeLimit = MostBytes, CompactionPercentage = 0.25 });

    /// <summary>Takes a document out, so that nobody else changes it meanwhile; null where it is not remembered.</summary>
    public Open<TState>? Take(string key)
    {
        if (!documents.TryGetValue(key, out Open<TState>? open))
            return null;
        documents.Remove(key);
        return open;
    }

    /// <summary>Remembers a document that is as it is stored.</summary>
    public void Keep(Open<TState> open)
    {
        if (open.Stored is { } stored)
            documents.Set(
                stored.Key,
                open with
                {
                    AsStored = false,
                },
                new MemoryCacheEntryOptions { Size = open.Bytes, AbsoluteExpirationRelativeToNow = Kept }
            );
    }
}

/// <summary>A document opened for change.</summary>
/// <param name="Stored">As it was last stored; null for a new one.</param>
/// <param name="AsStored">Whether it was read from the store just now.</param>
sealed record Open<TState>(Document<TState> Document, StoredDocument? Stored, bool AsStored)
{
    /// <summary>How long it is with its long texts.</summary>
    public int Bytes { get; init; }

    /// <summary>The hashes of the long texts that lie apart of it.</summary>
    public HashSet<string> Apart { get; init; } = [];

    /// <summary>The state as it was read, where it has members this release does not know; null where it has none.</summary>
    public JsonObject? StateAsRead { get; init; }
}

/// <summary>One caller at a time per key, in this process: it spares conflicts, it does not decide them (the store's
/// version does).</summary>
sealed class KeyedLocks
{
    readonly SemaphoreSlim[] stripes = [.. Enumerable.Range(0, 512).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<Held> Hold(string key, CancellationToken ct)
    {
        var stripe = stripes[(uint)string.GetHashCode(key) % stripes.Length];
        await stripe.WaitAsync(ct);
        return new Held(stripe);
    }

    /// <summary>A key held; disposing it lets the next one in.</summary>
    public readonly struct Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
