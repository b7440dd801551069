using System.Runtime.CompilerServices;

namespace GroupTicketing.Platform;

/// <summary>Documents as readers list them.</summary>
public sealed partial class Documents<TState>
{
    const int MostListed = 500;

    /// <summary>States, newest first. One that cannot be read is left out and counted; the others are listed.</summary>
    public async Task<IReadOnlyList<DocumentView<TState>>> List(string? shelf, Cursor? cursor, int limit, CancellationToken ct)
    {
        var known = new List<DocumentView<TState>>();
        for (var wanted = limit; wanted > 0; wanted = limit - known.Count)
        {
            var listed = await store.List(decider.Name, shelf, cursor, wanted, ct);
            foreach (var stored in listed)
            {
                if (await ViewOrNull(stored, (_, _) => Telemetry.Unreadable(decider.Name), ct) is { } one)
                    known.Add(one);
            }
            if (listed.Count < wanted)
                break;
            cursor = Cursor.After(listed[^1]);
        }
        return known;
    }

    /// <summary>Every state written since then, newest first. One that is written meanwhile may be missed, or come as
    /// it was.</summary>
    /// <param name="isUnreadable">Told of each that cannot be read, and why: it stops none of the others.</param>
    public async IAsyncEnumerable<DocumentView<TState>> All(
        DateTimeOffset since,
        Action<string, string> isUnreadable,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var stored in Written(since, ct))
        {
            if (await ViewOrNull(stored, isUnreadable, ct) is { } known)
                yield return known;
        }
    }

    ValueTask<DocumentView<TState>?> ViewOrNull(
        StoredDocument stored,
        Action<string, string> isUnreadable,
        CancellationToken ct
    ) => OrNull(() => View(stored, ct), why => isUnreadable(stored.Ticket, why));

    // What is made of one document that cannot be read is in no other's way.
    static async ValueTask<T?> OrNull<T>(Func<ValueTask<T>> read, Action<string> isUnreadable)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (Failures.IsOfOneAlone(exception))
        {
            isUnreadable(Telemetry.Why(exception));
            return null;
        }
    }

    async IAsyncEnumerable<StoredDocument> Written(DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var cursor = (Cursor?)null; ;)
        {
            var listed = await store.List(decider.Name, null, cursor, MostListed, ct);
            foreach (var one in listed)
            {
                if (one.Stamp < since)
                    yield break;
                yield return one;
            }
            if (listed.Count < MostListed)
                yield break;
            cursor = Cursor.After(listed[^1]);
        }
    }

    async ValueTask<DocumentView<TState>> View(StoredDocument stored, CancellationToken ct)
    {
        var document = (await codec.Read(stored, ct)).Document;
        return new(stored.Ticket, document.State, stored.Stamp, document.Quarantine?.Reason) { Cursor = Cursor.After(stored) };
    }
}

/// <summary>A document as a reader sees it.</summary>
/// <param name="Stamp">When it was last written.</param>
/// <param name="Quarantined">Why it takes nothing more, or null.</param>
public sealed record DocumentView<TState>(string Ticket, TState State, DateTimeOffset Stamp, string? Quarantined)
{
    /// <summary>Where a list goes on after it.</summary>
    public required Cursor Cursor { get; init; }
}
