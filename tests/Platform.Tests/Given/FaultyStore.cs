namespace GroupTicketing.Platform.Tests;

/// <summary>A store that does what a test wants to happen before or after its writes: be away, or take the process with it.</summary>
sealed class FaultyStore(IStore inner) : IStore
{
    /// <summary>Runs before each write, with its name; may throw.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Runs after each write; may throw.</summary>
    public Action<string> After { get; set; } = _ => { };

    public long Epoch => inner.Epoch;

    public bool IsShared => inner.IsShared;

    public void FailOn(string write) => Before = name =>
    {
        if (name == write)
            throw new StoreUnavailableException("the test took the store away");
    };

    public void Mend() => (Before, After) = (_ => { }, _ => { });

    /// <summary>How often a document was read.</summary>
    public int Loads { get; private set; }

    public ValueTask<StoredDocument?> Load(string key, CancellationToken ct)
    {
        Loads++;
        return inner.Load(key, ct);
    }

    public Task<bool> Save(StoredDocument document, IReadOnlyList<Owed> owed, CancellationToken ct) =>
        Write(nameof(Save), () => inner.Save(document, owed, ct));

    public Task<IReadOnlyList<StoredDocument>> List(string room, string? shelf, DateTimeOffset? before, int limit, CancellationToken ct) =>
        inner.List(room, shelf, before, limit, ct);

    public Task<IReadOnlyList<Owed>> Due(string target, DateTimeOffset now, int limit, CancellationToken ct) => inner.Due(target, now, limit, ct);

    public Task<IReadOnlyList<Owed>> AllOwed(string? key, int limit, CancellationToken ct) => inner.AllOwed(key, limit, ct);

    public Task<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> OwedByTarget(CancellationToken ct) => inner.OwedByTarget(ct);

    public Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) => Write(nameof(PutSide), async () =>
    {
        await inner.PutSide(collection, key, body, expires, ct);
        return true;
    });

    public Task<byte[]?> PutSideOnce(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) =>
        Write(nameof(PutSideOnce), () => inner.PutSideOnce(collection, key, body, expires, ct));

    public ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct) => inner.GetSide(collection, key, ct);

    public Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(string collection, string prefix, CancellationToken ct) =>
        inner.ListSide(collection, prefix, ct);

    public Task DeleteSide(string collection, string key, CancellationToken ct) => Write(nameof(DeleteSide), async () =>
    {
        await inner.DeleteSide(collection, key, ct);
        return true;
    });

    public Task<int> DeleteExpired(DateTimeOffset now, CancellationToken ct) => inner.DeleteExpired(now, ct);

    async Task<T> Write<T>(string name, Func<Task<T>> write)
    {
        Before(name);
        var answer = await write();
        After(name);
        return answer;
    }
}
