using GroupTicketing.Platform;
using GroupTicketing.Tests;

namespace GroupTicketing.Services.Tests;

/// <summary>A store whose documents cannot be written while it is broken.</summary>
sealed class FailingStore(IStore inner) : StoreAround(inner)
{
    public bool Broken { get; set; } = true;

    /// <summary>Whether not even a key can be looked up.</summary>
    public bool Unreadable { get; set; }

    /// <summary>What looking it up fails with.</summary>
    public Exception Why { get; set; } = new StoreUnavailableException("the disk is gone");

    public override Task<bool> Save(StoredDocument document, IReadOnlyList<PendingLane> pending, CancellationToken ct) =>
        Broken ? Full() : base.Save(document, pending, ct);

    public override Task<bool> SaveTogether(IReadOnlyList<DocumentWrite> writes, CancellationToken ct) =>
        Broken ? Full() : base.SaveTogether(writes, ct);

    public override ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct) =>
        Unreadable ? throw Why : base.GetSide(collection, key, ct);

    static Task<bool> Full() => Task.FromException<bool>(new StoreUnavailableException("the disk is full"));
}
