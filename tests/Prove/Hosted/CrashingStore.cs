using GroupTicketing.Platform;

namespace GroupTicketing.Prove.Hosted;

/// <summary>Around the writes of the intake and of a create's answer.</summary>
sealed class CrashingStore(IStore inner, Crash crash) : IStore
{
    public long Epoch => inner.Epoch;

    public bool IsShared => inner.IsShared;

    public async Task<bool> Save(StoredDocument document, IReadOnlyList<Owed> owed, CancellationToken ct)
    {
        var name = document.Room == "intake" && document.Version == 1 ? "intake" : crash.IsAnswers(document.Key) ? "reference" : "other";
        crash.At($"{name}-before-write");
        var saved = await inner.Save(document, owed, ct);
        crash.At($"{name}-after-write");
        return saved;
    }

    public ValueTask<StoredDocument?> Load(string key, CancellationToken ct) => inner.Load(key, ct);

    public Task<IReadOnlyList<StoredDocument>> List(string room, string? shelf, DateTimeOffset? before, int limit, CancellationToken ct) => inner.List(room, shelf, before, limit, ct);

    public Task<IReadOnlyList<Owed>> Due(string target, DateTimeOffset now, int limit, CancellationToken ct) => inner.Due(target, now, limit, ct);

    public Task<IReadOnlyList<Owed>> AllOwed(string? key, int limit, CancellationToken ct) => inner.AllOwed(key, limit, ct);

    public Task<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> OwedByTarget(CancellationToken ct) => inner.OwedByTarget(ct);

    public Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) => inner.PutSide(collection, key, body, expires, ct);

    public Task<byte[]?> PutSideOnce(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) => inner.PutSideOnce(collection, key, body, expires, ct);

    public ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct) => inner.GetSide(collection, key, ct);

    public Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(string collection, string prefix, CancellationToken ct) => inner.ListSide(collection, prefix, ct);

    public Task DeleteSide(string collection, string key, CancellationToken ct) => inner.DeleteSide(collection, key, ct);

    public Task<int> DeleteExpired(DateTimeOffset now, CancellationToken ct) => inner.DeleteExpired(now, ct);
}
