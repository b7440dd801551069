using Microsoft.Data.Sqlite;

namespace GroupTicketing.Platform;

/// <summary>What lies beside documents.</summary>
public sealed partial class SqliteStore
{
    const string GetPiece = "SELECT body FROM sides WHERE collection = ?1 AND key = ?2";
    const string PutPiece = "INSERT OR REPLACE INTO sides VALUES (?1, ?2, ?3, ?4)";
    const string DeletePiece = "DELETE FROM sides WHERE collection = ?1 AND key = ?2";

    /// <inheritdoc/>
    public Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) =>
        writer.Do(
            write => write.Execute(PutPiece, collection, key, body, Ms(expires)),
            ct
        );

    /// <inheritdoc/>
    public Task<byte[]?> PutSideOnce(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) =>
        writer.Do(
            write =>
                write.Execute("INSERT OR IGNORE INTO sides VALUES (?1, ?2, ?3, ?4)", collection, key, body, Ms(expires)) == 1
                    ? null
                    : (byte[]?)write.Scalar(GetPiece, collection, key),
            ct
        );

    /// <inheritdoc/>
    public ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct) =>
        ValueTask.FromResult(
            readers
                .Query(GetPiece, row => (byte[])row[0], collection, key)
                .FirstOrDefault()
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(string collection, string prefix, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<(string, byte[])>>(
            readers.Query(
                "SELECT key, body FROM sides WHERE collection = ?1 AND key >= ?2 AND key < ?3 ORDER BY key",
                row => (row.GetString(0), (byte[])row[1]),
                collection,
                prefix,
                prefix + '\uFFFF'
            )
        );

    /// <inheritdoc/>
    public Task DeleteSide(string collection, string key, CancellationToken ct) =>
        writer.Do(write => write.Execute(DeletePiece, collection, key), ct);

    /// <inheritdoc/>
    public Task<int> DeleteExpiredSides(DateTimeOffset now, CancellationToken ct) =>
        writer.Do(
            write =>
                write.Execute(
                    "DELETE FROM sides WHERE (collection, key) IN (SELECT collection, key FROM sides WHERE expires <= ?1 "
                    + "LIMIT 500)",
                    Ms(now)
                ),
            ct
        );
}
