namespace GroupTicketing.Platform;

/// <summary>Saving documents, one or several at once.</summary>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<bool> Save(StoredDocument document, IReadOnlyList<PendingLane> pending, CancellationToken ct) =>
        SaveTogether([new(document, pending, [], [])], ct);

    /// <inheritdoc/>
    public Task<bool> SaveTogether(IReadOnlyList<DocumentWrite> writes, CancellationToken ct) => writer.Do(write =>
    {
        // A document alone is compared as it is written.
        if (writes.Count > 1 && !writes.All(one => Follows(write, one.Document)))
            return false;
        if (writes.Any(one => one.Pieces.Any(piece => piece.Once && !piece.MayFollow(Stored(write, piece)))))
            return false;
        foreach (var (document, pending, pieces, fetched) in writes)
        {
            if (!Put(write, document))
                return false;
            if (document.Version > 1)
                write.Execute("DELETE FROM pending WHERE key = ?1", document.Key);
            foreach (var call in pending)
            {
                write.Execute(
                    "INSERT INTO pending VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    call.Key,
                    call.Lane,
                    call.Target,
                    Ms(call.Due),
                    Ms(call.Since),
                    call.Count,
                    call.Error,
                    call.Cause?.ToString()
                );
            }
            foreach (var piece in pieces)
                write.Execute(PutPiece, piece.Collection, piece.Key, piece.Body, Ms(piece.Expires));
            foreach (var key in fetched)
                write.Execute(DeletePiece, Sides.Waiting, key);
        }
        return true;
    }, ct);

    static bool Follows(SqliteWriter write, StoredDocument document) =>
        (long?)write.Scalar("SELECT version FROM documents WHERE key = ?1", document.Key) is var stored
        && (stored ?? 0) == document.Version - 1;

    static byte[]? Stored(SqliteWriter write, Piece piece) =>
        (byte[]?)write.Scalar(GetPiece, piece.Collection, piece.Key);

    static bool Put(SqliteWriter write, StoredDocument document)
    {
        var (stamp, expires) = (Ms(document.Stamp), Ms(document.Expires));
        if (document.Version == 1)
        {
            return 1
                == write.Execute(
                    "INSERT OR IGNORE INTO documents VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6)",
                    document.Key,
                    document.Service,
                    document.Body,
                    document.Shelf,
                    stamp,
                    expires
                );
        }
        return 1
            == write.Execute(
                "UPDATE documents SET version = ?2, body = ?3, shelf = ?4, stamp = ?5, expires = ?6 WHERE key = ?1 AND "
                + "version = ?2 - 1",
                document.Key,
                document.Version,
                document.Body,
                document.Shelf,
                stamp,
                expires
            );
    }
}
