namespace GroupTicketing.Platform;

/// <summary>What becomes of documents that have had their time.</summary>
public sealed partial class Documents<TState>
{
    // A tombstone is looked at again that often: whether its school still takes part.
    internal static readonly TimeSpan LookedAtAgain = TimeSpan.FromDays(400);

    // Killed after the tombstone and before its pieces are deleted: they go when it is looked at again.
    async Task<bool> IDocuments.End(string ticket, CancellationToken ct)
    {
        var key = KeyOf(ticket);
        using var held = await waves.Hold(ticket, ct);
        _ = recent.Take(key);
        var now = clock.GetUtcNow();
        if (await store.Load(key, ct) is not { Expires: { } expires } stored || expires > now)
            return false;
        var open = await codec.Read(stored, ct);
        if (open.Document.Pending(key).Count > 0)
            return false;
        var ended = decider.Tombstone(open.Document.State, now) is { } kept
            ? await store.Save(
                codec.Write(key, open with { Document = Buried(open.Document, kept, now), StateAsRead = null }, now).Stored!,
                [],
                ct
            )
            : await store.Delete(key, stored.Version, ct);
        if (ended)
            await store.DeleteApart(key, ct);
        return ended;
    }

    // The places of its streams go on counting: a message that comes after all is no gap and no repeat, and nobody is
    // asked to repeat what was.
    Document<TState> Buried(Document<TState> document, TState kept, DateTimeOffset now)
    {
        foreach (var spoken in document.Streams.Values)
            spoken.Messages.Clear();
        return new()
        {
            State = kept,
            Schema = decider.Schema,
            Ended = now,
            Heard = document.Heard,
            HeardBefore = document.HeardBefore,
            Streams = document.Streams,
            LaidApart = document.LaidApart,
            CallsMade = document.CallsMade,
        };
    }

    // What was decided on it makes it live again, or it stays as it was.
    void Revive(Document<TState> document, DateTimeOffset now)
    {
        if (document.Ended is not null && !(decider.Expires(document.State) <= now))
            document.Ended = null;
    }
}
