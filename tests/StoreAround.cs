using GroupTicketing.Platform;

namespace GroupTicketing.Tests;

/// <summary>A store that hands everything on, as it is; a test changes what it wants to go wrong.</summary>
abstract class StoreAround(IStore inner) : IStore, ITransactions
{
    public long Epoch => inner.Epoch;

    public DateTimeOffset? Restored => inner.Restored;

    public bool IsShared => inner.IsShared;

    public string? Fault() => inner.Fault();

    public ITransactions? Transactions => inner.Transactions is null ? null : this;

    public virtual Task<bool> SaveTogether(IReadOnlyList<DocumentWrite> writes, CancellationToken ct) =>
        inner.Transactions!.SaveTogether(writes, ct);

    public virtual ValueTask<StoredDocument?> Load(string key, CancellationToken ct) => inner.Load(key, ct);

    public virtual Task<bool> Save(StoredDocument document, IReadOnlyList<PendingLane> pending, CancellationToken ct) =>
        inner.Save(document, pending, ct);

    public Task<IReadOnlyList<StoredDocument>> List(
        string service,
        string? shelf,
        Cursor? cursor,
        int limit,
        CancellationToken ct
    ) => inner.List(service, shelf, cursor, limit, ct);

    public Task<IReadOnlyList<PendingLane>> Due(string target, DateTimeOffset now, int limit, CancellationToken ct) =>
        inner.Due(target, now, limit, ct);

    public Task<IReadOnlyList<StoredDocument>> Expired(string service, DateTimeOffset now, int limit, CancellationToken ct) =>
        inner.Expired(service, now, limit, ct);

    public virtual Task<bool> Delete(string key, long version, CancellationToken ct) => inner.Delete(key, version, ct);

    public virtual Task DeleteApart(string key, CancellationToken ct) => inner.DeleteApart(key, ct);

    public Task<IReadOnlyList<string>> DueTargets(DateTimeOffset now, CancellationToken ct) => inner.DueTargets(now, ct);

    public Task<IReadOnlyList<PendingLane>> ListPending(PendingQuery query, int limit, CancellationToken ct) =>
        inner.ListPending(query, limit, ct);

    public Task<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> PendingByTarget(CancellationToken ct) =>
        inner.PendingByTarget(ct);

    public virtual Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) =>
        inner.PutSide(collection, key, body, expires, ct);

    public virtual Task<byte[]?> PutSideOnce(
        string collection,
        string key,
        byte[] body,
        DateTimeOffset? expires,
        CancellationToken ct
    ) => inner.PutSideOnce(collection, key, body, expires, ct);

    public virtual ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct) =>
        inner.GetSide(collection, key, ct);

    public virtual Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(
        string collection,
        string prefix,
        CancellationToken ct
    ) => inner.ListSide(collection, prefix, ct);

    public virtual Task DeleteSide(string collection, string key, CancellationToken ct) => inner.DeleteSide(collection, key, ct);

    public Task<int> DeleteExpiredSides(DateTimeOffset now, CancellationToken ct) => inner.DeleteExpiredSides(now, ct);
}
