namespace GroupTicketing.Platform;

/// <summary>Everything that changes with one document.</summary>
/// <param name="Document">As it is to be stored.</param>
/// <param name="Pending">What is pending in it then.</param>
/// <param name="Pieces">What is to lie apart of it from now on.</param>
/// <param name="Fetched">The keys in <see cref="Sides.Waiting"/> of what it took back.</param>
public sealed record DocumentWrite(
    StoredDocument Document,
    IReadOnlyList<PendingLane> Pending,
    IReadOnlyList<Piece> Pieces,
    IReadOnlyList<string> Fetched
);

/// <summary>A piece that is written with a document.</summary>
/// <param name="Collection">One of <see cref="Sides"/>, or a service's own.</param>
/// <param name="Expires">When it may be deleted; null: with the document.</param>
/// <param name="Once">Whether nothing is written where another body lies under that key.</param>
public sealed record Piece(string Collection, string Key, byte[] Body, DateTimeOffset? Expires = null, bool Once = false)
{
    /// <summary>Whether it may be written where that lies; null: nothing does.</summary>
    public bool MayFollow(byte[]? stored) => !Once || stored is null || stored.AsSpan().SequenceEqual(Body);
}

/// <summary>A store that can write several documents at once.</summary>
public interface ITransactions
{
    /// <summary>Writes them all durably, or none: false where a stored version is not one less than the given one, or
    /// another piece lies where one is written once. All of that is compared before the first is written.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    Task<bool> SaveTogether(IReadOnlyList<DocumentWrite> writes, CancellationToken ct);
}
