using Microsoft.Data.Sqlite;

namespace GroupTicketing.Platform;

/// <summary>The embedded store: one SQLite file, WAL, synchronous FULL, one writer that groups commits.</summary>
public sealed class SqliteStore : IStore, IAsyncDisposable
{
    readonly SqliteWriter writer;
    readonly SqliteReaders readers;

    /// <summary>Opens the file, and makes it where there is none.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened, or a newer release wrote it.</exception>
    public SqliteStore(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var connection = SqliteSchema.Open(file);
            Epoch = SqliteSchema.Prepare(connection);
            Restored = SqliteSchema.Restored(connection);
            writer = new SqliteWriter(connection);
            readers = new SqliteReaders(file);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"the store {file} could not be opened: {exception.Message}", exception);
        }
    }

    /// <summary>After a restore from backup, before the store is opened: numbers given from now on are told from those given after the backup was made.</summary>
    /// <returns>The new epoch.</returns>
    public static long RaiseEpoch(string file, DateTimeOffset now)
    {
        using var connection = SqliteSchema.Open(file);
        return SqliteSchema.RaiseEpoch(connection, now);
    }

    /// <summary>Why this release cannot go on with that file, without opening it for writing; null when it can, or when there is none yet.</summary>
    public static string? Refused(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
            connection.Open();
            return SqliteSchema.Newer(connection);
        }
        catch (SqliteException exception)
        {
            return $"the store {file} cannot be read: {exception.Message}";
        }
    }

    /// <inheritdoc/>
    public long Epoch { get; }

    /// <inheritdoc/>
    public DateTimeOffset? Restored { get; }

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public IDisposable Gather() => writer.Gather();

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> Load(string key, CancellationToken ct)
    {
        var found = readers.Query("SELECT key, version, body, shelf, stamp, expires FROM documents WHERE key = ?1", Document, key);
        return ValueTask.FromResult(found.Count == 0 ? null : found[0]);
    }

    /// <inheritdoc/>
    public Task<bool> Save(StoredDocument document, IReadOnlyList<Owed> owed, CancellationToken ct) => writer.Do(write =>
    {
        if (!Put(write, document))
            return false;
        if (document.Version > 1)
        {
            write.Execute("DELETE FROM owed WHERE key = ?1", document.Key);
            write.Execute("DELETE FROM owed_errors WHERE key = ?1", document.Key);
        }
        foreach (var debt in owed)
        {
            write.Execute("INSERT INTO owed VALUES (?1, ?2, ?3, ?4, ?5, ?6)", debt.Key, debt.Lane, debt.Target, Ms(debt.Due), Ms(debt.Since), debt.Count);
            if (debt.Error is { } error)
                write.Execute("INSERT OR REPLACE INTO owed_errors VALUES (?1, ?2, ?3)", debt.Key, debt.Lane, error);
        }
        return true;
    }, ct);

    static bool Put(SqliteWriter write, StoredDocument document)
    {
        var (stamp, expires) = (Ms(document.Stamp), Ms(document.Expires));
        if (document.Version == 1)
        {
            return 1 == write.Execute(
                "INSERT OR IGNORE INTO documents VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6)", document.Key, document.Room, document.Body, document.Shelf, stamp, expires);
        }
        return 1 == write.Execute(
            "UPDATE documents SET version = ?2, body = ?3, shelf = ?4, stamp = ?5, expires = ?6 WHERE key = ?1 AND version = ?2 - 1",
            document.Key, document.Version, document.Body, document.Shelf, stamp, expires);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDocument>> List(string room, string? shelf, DateTimeOffset? before, int limit, CancellationToken ct)
    {
        const string Columns = "SELECT key, version, body, shelf, stamp, expires FROM documents WHERE room = ?1 AND stamp < ?2";
        var until = Ms(before) ?? long.MaxValue;
        var found = shelf is null
            ? readers.Query(Columns + " ORDER BY stamp DESC LIMIT ?3", Document, room, until, limit)
            : readers.Query(Columns + " AND shelf = ?4 ORDER BY stamp DESC LIMIT ?3", Document, room, until, limit, shelf);
        return Task.FromResult<IReadOnlyList<StoredDocument>>(found);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Owed>> Due(string target, DateTimeOffset now, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Owed>>(readers.Query(
            "SELECT key, lane, target, due, since, count, NULL FROM owed WHERE target = ?1 AND due <= ?2 ORDER BY due LIMIT ?3", Debt, target, Ms(now), limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Owed>> AllOwed(string? key, int limit, CancellationToken ct)
    {
        const string Rows = "SELECT key, lane, target, due, since, count, error FROM owed LEFT JOIN owed_errors USING (key, lane)";
        const string Order = " ORDER BY due IS NOT NULL, since LIMIT ?1";
        return Task.FromResult<IReadOnlyList<Owed>>(key is null ? readers.Query(Rows + $" WHERE target <> '{Debts.Clock}'" + Order, Debt, limit) : readers.Query(Rows + " WHERE key = ?2" + Order, Debt, limit, key));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> OwedByTarget(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<(string, int, DateTimeOffset)>>(readers.Query(
            "SELECT target, COUNT(*), MIN(since) FROM owed GROUP BY target", row => (row.GetString(0), row.GetInt32(1), At(row.GetInt64(2)))));

    /// <inheritdoc/>
    public Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) =>
        writer.Do(write => write.Execute("INSERT OR REPLACE INTO sides VALUES (?1, ?2, ?3, ?4)", collection, key, body, Ms(expires)), ct);

    /// <inheritdoc/>
    public Task<byte[]?> PutSideOnce(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) => writer.Do(write =>
        write.Execute("INSERT OR IGNORE INTO sides VALUES (?1, ?2, ?3, ?4)", collection, key, body, Ms(expires)) == 1
            ? null
            : (byte[]?)write.Scalar("SELECT body FROM sides WHERE collection = ?1 AND key = ?2", collection, key), ct);

    /// <inheritdoc/>
    public ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct) => ValueTask.FromResult(
        readers.Query("SELECT body FROM sides WHERE collection = ?1 AND key = ?2", row => (byte[])row[0], collection, key).FirstOrDefault());

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(string collection, string prefix, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<(string, byte[])>>(readers.Query(
            "SELECT key, body FROM sides WHERE collection = ?1 AND key >= ?2 AND key < ?3 ORDER BY key", row => (row.GetString(0), (byte[])row[1]), collection, prefix, prefix + '\uFFFF'));

    /// <inheritdoc/>
    public Task DeleteSide(string collection, string key, CancellationToken ct) =>
        writer.Do(write => write.Execute("DELETE FROM sides WHERE collection = ?1 AND key = ?2", collection, key), ct);

    /// <inheritdoc/>
    public Task<int> DeleteExpired(DateTimeOffset now, CancellationToken ct)
    {
        const string Expired = "SELECT key FROM documents WHERE expires <= ?1 AND key NOT IN (SELECT key FROM owed) ORDER BY key LIMIT 500";
        return writer.Do(write =>
            write.Execute("DELETE FROM sides WHERE (collection, key) IN (SELECT collection, key FROM sides WHERE expires <= ?1 LIMIT 500)", Ms(now))
            + write.Execute(
                $"DELETE FROM sides WHERE (collection, key) IN (SELECT apart.collection, apart.key FROM ({Expired}) AS gone JOIN sides AS apart"
                + " ON apart.collection IN (?2, ?3, ?4) AND apart.key >= gone.key || '|' AND apart.key < gone.key || '}')", [Ms(now), .. Sides.OfDocuments])
            + write.Execute($"DELETE FROM documents WHERE key IN ({Expired})", Ms(now)), ct);
    }

    /// <summary>Lets the writer finish what was handed to it, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await readers.DisposeAsync();
    }

    static StoredDocument Document(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), (byte[])row[2], row.IsDBNull(3) ? null : row.GetString(3), At(row.GetInt64(4)), row.IsDBNull(5) ? null : At(row.GetInt64(5)));

    static Owed Debt(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : At(row.GetInt64(3)), At(row.GetInt64(4)), row.GetInt32(5), row.IsDBNull(6) ? null : row.GetString(6));

    // Before 1970 only "at once" is said (a missing due time): it is stored as 0.
    static long Ms(DateTimeOffset at) => Math.Max(0, at.ToUnixTimeMilliseconds());

    static long? Ms(DateTimeOffset? at) => at is { } known ? Ms(known) : null;

    static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
