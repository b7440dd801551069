using GroupTicketing.Platform;

namespace GroupTicketing.Prove.Hosted;

/// <summary>Around the writes of the intake and of a create's answer.</summary>
sealed class CrashingStore(IStore inner, Crash crash) : StoreAround(inner)
{
    public override async Task<bool> Save(StoredDocument document, IReadOnlyList<Owed> owed, CancellationToken ct)
    {
        var name =
            document.Room == "intake" && document.Version == 1 ? "intake"
            : crash.IsAnswers(document.Key) ? "reference"
            : "other";
        crash.At($"{name}-before-write");
        var saved = await base.Save(document, owed, ct);
        crash.At($"{name}-after-write");
        return saved;
    }
}
