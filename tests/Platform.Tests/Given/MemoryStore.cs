namespace GroupTicketing.Platform.Tests;

/// <summary>A store in memory that keeps the contract of the real ones and answers every call synchronously, so that a
/// world on it is deterministic.</summary>
sealed class MemoryStore : IStore, ITransactions
{
    readonly Lock gate = new();
    readonly Dictionary<string, (StoredDocument Document, IReadOnlyList<PendingLane> Pending)> documents = [];
    readonly SortedDictionary<(string Collection, string Key), (byte[] Body, DateTimeOffset? Expires)> sides = new(new Ordinal());

    public long Epoch { get; set; } = 1;

    /// <summary>Whether it saves several documents at once.</summary>
    public bool HasTransactions { get; init; }

    public ITransactions? Transactions => HasTransactions ? this : null;

    public ValueTask<StoredDocument?> Load(string key, CancellationToken ct)
    {
        lock (gate)
            return ValueTask.FromResult(documents.TryGetValue(key, out var found) ? found.Document : null);
    }

    public Task<bool> Save(StoredDocument document, IReadOnlyList<PendingLane> pending, CancellationToken ct)
    {
        lock (gate)
        {
            if (document.Version != VersionOf(document.Key) + 1)
                return Task.FromResult(false);
            documents[document.Key] = (document, pending);
            return Task.FromResult(true);
        }
    }

    public Task<bool> SaveTogether(IReadOnlyList<DocumentWrite> writes, CancellationToken ct)
    {
        lock (gate)
        {
            if (writes.Any(write => write.Document.Version != VersionOf(write.Document.Key) + 1))
                return Task.FromResult(false);
            if (
                writes
                    .SelectMany(write => write.Pieces)
                    .Any(piece => !piece.MayFollow(sides.GetValueOrDefault((piece.Collection, piece.Key)).Body))
            )
                return Task.FromResult(false);
            foreach (var write in writes)
            {
                documents[write.Document.Key] = (write.Document, write.Pending);
                foreach (var piece in write.Pieces)
                    sides[(piece.Collection, piece.Key)] = (piece.Body, piece.Expires);
                foreach (var key in write.Fetched)
                    sides.Remove((Sides.Waiting, key));
            }
            return Task.FromResult(true);
        }
    }

    long VersionOf(string key) => documents.TryGetValue(key, out var found) ? found.Document.Version : 0;

    public Task<IReadOnlyList<StoredDocument>> List(
        string service,
        string? shelf,
        Cursor? cursor,
        int limit,
        CancellationToken ct
    ) =>
        Answer(
            () =>
                from one in documents.Values
                let document = one.Document
                where document.Service == service && (shelf is null || document.Shelf == shelf)
                where
                    cursor is null
                    || document.Stamp < cursor.Stamp
                    || (document.Stamp == cursor.Stamp && string.CompareOrdinal(document.Key, cursor.Key) < 0)
                orderby document.Stamp descending, document.Key descending
                select document,
            limit
        );

    public Task<IReadOnlyList<StoredDocument>> Expired(string service, DateTimeOffset now, int limit, CancellationToken ct) =>
        Answer(
            () =>
                from one in documents.Values
                where one.Document.Service == service && one.Document.Expires <= now && one.Pending.Count == 0
                orderby one.Document.Expires
                select one.Document,
            limit
        );

    public Task<bool> Delete(string key, long version, CancellationToken ct)
    {
        lock (gate)
            return Task.FromResult(
                documents.TryGetValue(key, out var found)
                    && found.Document.Version == version
                    && found.Pending.Count == 0
                    && documents.Remove(key)
            );
    }

    public Task DeleteApart(string key, CancellationToken ct)
    {
        lock (gate)
            sides
                .Keys.Where(side =>
                    Sides.OfDocuments.Contains(side.Collection) && side.Key.StartsWith(key + '|', StringComparison.Ordinal)
                )
                .ToList()
                .ForEach(side => sides.Remove(side));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<PendingLane>> Due(string target, DateTimeOffset now, int limit, CancellationToken ct) =>
        Answer(
            () => AllPending().Where(pending => pending.Target == target && pending.Due <= now).OrderBy(pending => pending.Due),
            limit
        );

    public Task<IReadOnlyList<string>> DueTargets(DateTimeOffset now, CancellationToken ct) =>
        Answer(
            () => AllPending().Where(pending => pending.Due <= now).Select(pending => pending.Target).Distinct(),
            int.MaxValue
        );

    public Task<IReadOnlyList<PendingLane>> ListPending(PendingQuery query, int limit, CancellationToken ct) =>
        Answer(
            () =>
                AllPending()
                    .Where(pending => query.Key is null ? pending.Target != Outbox.Clock : pending.Key == query.Key)
                    .Where(pending =>
                        (query.Target is null || pending.Target == query.Target)
                        && (query.Cause is null || pending.Cause == query.Cause)
                        && (query.Error is null || pending.Error == query.Error)
                    )
                    .OrderBy(pending => pending.Due is not null)
                    .ThenBy(pending => pending.Since)
                    .ThenBy(pending => pending.Key, StringComparer.Ordinal)
                    .ThenBy(pending => pending.Lane, StringComparer.Ordinal)
                    .SkipWhile(pending => query.After is { } after && (pending.Key, pending.Lane) != (after.Key, after.Lane))
                    .Skip(query.After is null ? 0 : 1),
            limit
        );

    public Task<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> PendingByTarget(CancellationToken ct) =>
        Answer(
            () =>
                AllPending()
                    .Where(pending => pending.Target != Outbox.Clock)
                    .GroupBy(pending => pending.Target)
                    .Select(group => (group.Key, group.Count(), group.Min(pending => pending.Since))),
            int.MaxValue
        );

    public Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct)
    {
        lock (gate)
            sides[(collection, key)] = (body, expires);
        return Task.CompletedTask;
    }

    public Task<byte[]?> PutSideOnce(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct)
    {
        lock (gate)
            return Task.FromResult(
                sides.TryAdd((collection, key), (body, expires)) ? null : (byte[]?)sides[(collection, key)].Body
            );
    }

    public ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct)
    {
        lock (gate)
            return ValueTask.FromResult(sides.TryGetValue((collection, key), out var found) ? found.Body : null);
    }

    public Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(string collection, string prefix, CancellationToken ct) =>
        Answer(() => from side in sides
                     where side.Key.Collection == collection && side.Key.Key.StartsWith(prefix, StringComparison.Ordinal)
                     select (side.Key.Key, side.Value.Body), int.MaxValue);

    public Task DeleteSide(string collection, string key, CancellationToken ct)
    {
        lock (gate)
            sides.Remove((collection, key));
        return Task.CompletedTask;
    }

    public Task<int> DeleteExpiredSides(DateTimeOffset now, CancellationToken ct)
    {
        lock (gate)
        {
            var old = sides.Where(side => side.Value.Expires <= now).Select(side => side.Key).ToList();
            old.ForEach(key => sides.Remove(key));
            return Task.FromResult(old.Count);
        }
    }

    IEnumerable<PendingLane> AllPending() => documents.Values.SelectMany(one => one.Pending);

    Task<IReadOnlyList<T>> Answer<T>(Func<IEnumerable<T>> read, int limit)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<T>>([.. read().Take(limit)]);
    }

    sealed class Ordinal : IComparer<(string Collection, string Key)>
    {
        public int Compare((string Collection, string Key) x, (string Collection, string Key) y) =>
            string.CompareOrdinal(x.Collection, y.Collection) is not 0 and var order
                ? order
                : string.CompareOrdinal(x.Key, y.Key);
    }
}
