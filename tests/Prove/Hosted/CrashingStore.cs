using GroupTicketing.Platform;

namespace GroupTicketing.Prove.Hosted;

/// <summary>Around the writes of the intake, and of what a create and a callback were answered.</summary>
sealed class CrashingStore(IStore inner, Crash crash) : StoreAround(inner)
{
    public override Task<bool> Save(StoredDocument document, IReadOnlyList<PendingLane> pending, CancellationToken ct) =>
        Write([document], () => base.Save(document, pending, ct));

    public override Task<bool> SaveTogether(IReadOnlyList<DocumentWrite> writes, CancellationToken ct) =>
        Write([.. writes.Select(write => write.Document)], () => base.SaveTogether(writes, ct));

    async Task<bool> Write(IReadOnlyList<StoredDocument> documents, Func<Task<bool>> write)
    {
        var name =
            documents.Any(document => document is { Service: "intake", Version: 1 })
                ? "intake"
                : documents
                    .Select(document => crash.WhatWasAnswered(document.Key))
                    .FirstOrDefault(name => name is not null) ?? "other";
        crash.At($"{name}-before-write");
        var saved = await write();
        crash.At($"{name}-after-write");
        return saved;
    }
}
