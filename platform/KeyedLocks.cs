namespace GroupTicketing.Platform;

/// <summary>One caller at a time per key, in this process: it spares conflicts, it does not decide them (the store's version does).</summary>
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
