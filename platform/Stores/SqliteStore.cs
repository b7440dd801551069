using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Platform;

/// <summary>The embedded store: one SQLite file, WAL, synchronous FULL, one writer that groups commits.</summary>
public sealed partial class SqliteStore : IStore, ITransactions, IAsyncDisposable
{
    readonly SqliteWriter writer;
    readonly SqliteReaders readers;
    readonly SqliteFile file;

    /// <summary>Opens the file, and makes it where there is none.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened, or a newer release wrote it.</exception>
    public SqliteStore(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            // All that opens it goes the same way: where a link leads may change.
            var resolved = SqliteFile.Resolved(file);
            var connection = SqliteSchema.Open(resolved);
            Epoch = SqliteSchema.Prepare(connection);
            Restored = SqliteSchema.Restored(connection);
            this.file = new SqliteFile(file, resolved);
            writer = new SqliteWriter(connection, this.file);
            readers = new SqliteReaders(resolved);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreUnavailableException.Because("NotOpened", exception, file, exception.Message);
        }
    }

    /// <summary>After a restore from backup, before the store is opened: numbers given from now on are told from those
    /// given after the backup was made.</summary>
    /// <returns>The new epoch.</returns>
    public static long RaiseEpoch(string file, DateTimeOffset now)
    {
        using var connection = SqliteSchema.Open(file);
        return SqliteSchema.RaiseEpoch(connection, now);
    }

    /// <summary>Why this release cannot go on with that file, without opening it for writing; null when it can, or when
    /// there is none yet.</summary>
    public static string? Refused(string file)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            using var connection = SqliteSchema.OpenToLook(file);
            return SqliteSchema.Newer(connection)?.Localized;
        }
        catch (SqliteException exception)
        {
            return Faults.Text(CultureInfo.CurrentUICulture, "Unreadable", file, exception.Message);
        }
    }

    /// <summary>Whether a store was made in that file. One that is empty, or lost what its log held, is none; one that
    /// cannot be read is left to whoever opens it, who says why.</summary>
    public static bool IsIn(string file)
    {
        if (!File.Exists(file))
            return false;
        try
        {
            using var connection = SqliteSchema.OpenToLook(file);
            return SqliteSchema.HasMeta(connection);
        }
        catch (SqliteException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public long Epoch { get; }

    /// <inheritdoc/>
    public DateTimeOffset? Restored { get; }

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public string? Fault() => file.Fault();

    /// <inheritdoc/>
    public ITransactions Transactions => this;

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> Load(string key, CancellationToken ct)
    {
        var found = readers.Query(
            "SELECT key, version, body, shelf, stamp, expires FROM documents WHERE key = ?1",
            Document,
            key
        );
        return ValueTask.FromResult(found.Count == 0 ? null : found[0]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDocument>> List(
        string service,
        string? shelf,
        Cursor? cursor,
        int limit,
        CancellationToken ct
    )
    {
        const string Listed =
            "SELECT key, version, body, shelf, stamp, expires FROM documents WHERE service = ?1 AND (stamp, key) < (?2, ?3)";
        const string Order = " ORDER BY stamp DESC, key DESC LIMIT ?4";
        var (until, key) = (Ms(cursor?.Stamp) ?? long.MaxValue, cursor?.Key ?? "");
        var found = shelf is null
            ? readers.Query(Listed + Order, Document, service, until, key, limit)
            : readers.Query(Listed + " AND shelf = ?5" + Order, Document, service, until, key, limit, shelf);
        return Task.FromResult<IReadOnlyList<StoredDocument>>(found);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDocument>> Expired(string service, DateTimeOffset now, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<StoredDocument>>(
            readers.Query(
                "SELECT key, version, body, shelf, stamp, expires FROM documents WHERE expires <= ?1 AND service = ?2 AND "
                + "NOT EXISTS (SELECT 1 FROM pending WHERE pending.key = documents.key)"
                    + " ORDER BY expires LIMIT ?3",
                Document,
                Ms(now),
                service,
                limit
            )
        );

    /// <inheritdoc/>
    public Task<bool> Delete(string key, long version, CancellationToken ct) =>
        writer.Do(
            write =>
                write.Execute(
                    "DELETE FROM documents WHERE key = ?1 AND version = ?2 AND NOT EXISTS (SELECT 1 FROM pending WHERE "
                    + "pending.key = ?1)",
                    key,
                    version
                ) == 1,
            ct
        );

    /// <inheritdoc/>
    public Task DeleteApart(string key, CancellationToken ct) =>
        writer.Do(
            write =>
                Sides.OfDocuments.Sum(collection =>
                    write.Execute(
                        "DELETE FROM sides WHERE collection = ?1 AND key >= ?2 AND key < ?3",
                        collection,
                        key + '|',
                        key + '}'
                    )
                ),
            ct
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingLane>> Due(string target, DateTimeOffset now, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<PendingLane>>(
            readers.Query(
                "SELECT key, lane, target, due, since, count, NULL, NULL FROM pending WHERE target = ?1 AND due <= ?2 ORDER "
                + "BY due LIMIT ?3",
                Pending,
                target,
                Ms(now),
                limit
            )
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> DueTargets(DateTimeOffset now, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>>(readers.Query(SqliteSchema.DueTargets, row => row.GetString(0), Ms(now)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingLane>> ListPending(PendingQuery query, int limit, CancellationToken ct)
    {
        var values = new List<object?> { limit };
        var conditions = new List<string>();
        void Where(string condition, params IEnumerable<object?> given)
        {
            conditions.Add(
                string.Format(
                    CultureInfo.InvariantCulture,
                    condition,
                    [.. given.Select((_, place) => (object)$"?{values.Count + 1 + place}")]
                )
            );
            values.AddRange(given);
        }

        if (query.Key is { } key)
            Where("key = {0}", key);
        if (query.Target is { } target)
            Where("target = {0}", target);
        // The reminders are stepped over by their target's two neighbours, so that they are not looked at.
        if (query is { Key: null, Target: null })
            Where($"(target < '{Outbox.Clock}' OR target > '{Outbox.Clock}')");
        if (query.Cause is { } cause)
            Where("cause = {0}", cause.ToString());
        if (query.Error is { } error)
            Where("error = {0}", error);
        if (query.After is { } after)
            Where(
                "(due IS NOT NULL, since, key, lane) > ({0}, {1}, {2}, {3})",
                after.Waits ? 0 : 1,
                Ms(after.Since),
                after.Key,
                after.Lane
            );
        return Task.FromResult<IReadOnlyList<PendingLane>>(
            readers.Query(
                $"SELECT key, lane, target, due, since, count, error, cause FROM pending "
                + $"WHERE {string.Join(" AND ", conditions)} ORDER BY due IS NOT NULL, since, key, lane LIMIT ?1",
                Pending,
                [.. values]
            )
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> PendingByTarget(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<(string, int, DateTimeOffset)>>(
            readers.Query(SqliteSchema.PendingByTarget, row => (row.GetString(0), row.GetInt32(1), At(row.GetInt64(2))))
        );

    /// <summary>Lets the writer finish what was handed to it, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await readers.DisposeAsync();
        file.Dispose();
    }

    static StoredDocument Document(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetInt64(1),
            (byte[])row[2],
            row.IsDBNull(3) ? null : row.GetString(3),
            At(row.GetInt64(4)),
            row.IsDBNull(5) ? null : At(row.GetInt64(5))
        );

    static PendingLane Pending(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.IsDBNull(3) ? null : At(row.GetInt64(3)),
            At(row.GetInt64(4)),
            row.GetInt32(5),
            row.IsDBNull(6) ? null : row.GetString(6),
            row.IsDBNull(7) ? null : CauseOf(row.GetString(7))
        );

    // One that a later release names is none of ours.
    static Cause CauseOf(string name) => Enum.TryParse<Cause>(name, out var cause) ? cause : Cause.Other;

    // Before 1970 only "at once" is said (a missing due time): it is stored as 0.
    static long Ms(DateTimeOffset at) => Math.Max(0, at.ToUnixTimeMilliseconds());

    static long? Ms(DateTimeOffset? at) => at is { } known ? Ms(known) : null;

    static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
