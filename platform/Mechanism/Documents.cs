using System.Diagnostics;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform;

/// <summary>
/// The documents of one service, and the only way to change them: load, drop what was taken, let wait what came too early,
/// decide, save with the expected version.
/// One atomic write holds the new state and everything that is pending.
/// </summary>
public sealed partial class Documents<TState>(
    IDecider<TState> decider,
    IStore store,
    IMessages messages,
    WakeSignal wakeSignal,
    Waves waves,
    TimeProvider clock
) : IDocuments
{
    // A conflict means another instance wrote the same ticket between load and save; more than a few in a row do not
    // happen without a fault.
    const int MostConflicts = 20;

    readonly IDecider<TState> decider = decider;
    readonly IMessages messages = messages;
    readonly WakeSignal wakeSignal = wakeSignal;
    readonly DocumentCodec<TState> codec = new(decider, store);
    readonly Recent<TState> recent = new();

    /// <inheritdoc/>
    public string Name => decider.Name;

    /// <summary>
    /// Takes a message: decides on it, and on what waited for it. A message the service cannot decide is quarantined in
    /// its document, and this returns all the same.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was written; say it again.</exception>
    public Task<Heard<TState>> Transact(string ticket, Hearing hearing, CancellationToken ct) =>
        Change(
            ticket,
            async (document, now) =>
            {
                var verdict = await Take(ticket, document, hearing, now, ct);
                return (verdict is not Verdict.Repeat, new Heard<TState>(verdict, document.State));
            },
            ct,
            isNew: IsFirst(hearing)
        );

    /// <summary>The same, and in the same write it is noted that the message came. Nothing is taken where another note
    /// lies under that key.</summary>
    /// <returns>What was noted before; null: nothing.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was written; say it again.</exception>
    public Task<byte[]?> Transact(string ticket, Hearing hearing, Piece note, CancellationToken ct) =>
        Change(
            ticket,
            async (document, now) =>
            {
                var once = note with { Once = true };
                var before = await store.GetSide(note.Collection, note.Key, ct);
                if (!once.MayFollow(before))
                    return (false, before);
                if (before is null)
                    document.Unsaved.Pieces.Add(once);
                await Take(ticket, document, hearing, now, ct);
                return (true, before);
            },
            ct
        );

    async Task IDocuments.Hear(object message, CancellationToken ct)
    {
        var heard = await Transact(messages.TicketOf(message), messages.HearingOf(message), ct);
        Telemetry.Heard(decider.Name, message.GetType().Name, heard.Verdict);
    }

    /// <summary>The state; null for a ticket never heard of, or, where a shelf is given, one of another, unread.</summary>
    public async Task<DocumentView<TState>?> Read(string ticket, CancellationToken ct, string? shelf = null) =>
        await store.Load(KeyOf(ticket), ct) is { } stored && (shelf ?? stored.Shelf) == stored.Shelf
            ? await View(stored, ct)
            : null;

    /// <summary>Which of these source ids the ticket's document did not take, in the order given; of a ticket never
    /// heard of, all.</summary>
    public async Task<IReadOnlyList<string>> Untaken(string ticket, IReadOnlyList<string> sourceIds, CancellationToken ct)
    {
        if (await Load(ticket, ct) is not { } document)
            return sourceIds;
        var apart =
            document.WaitingApart == 0
                ? []
                : (await store.ListSide(Sides.Waiting, KeyOf(ticket) + "|", ct))
                    .Select(piece => Json.Read<Waiting>(piece.Body).SourceId)
                    .ToHashSet();
        return [.. sourceIds.Where(sourceId => !document.HasTaken(sourceId) && !apart.Contains(sourceId))];
    }

    string KeyOf(string ticket) => DocumentKey.For(decider.Name, ticket);

    async Task<Verdict> Take(string ticket, Document<TState> document, Hearing hearing, DateTimeOffset now, CancellationToken ct)
    {
        var verdict = hearing.Stream is null ? Verdict.Next : document.Incoming(hearing.Stream).Judge(hearing.Place);
        if (verdict is Verdict.Repeat)
            return verdict;
        if (document.Quarantine is not null || verdict is Verdict.Early)
        {
            Park(ticket, document, messages.Wait(hearing, now));
            return verdict;
        }
        Decide(document, hearing, now);
        await Unpark(ticket, document, now, ct);
        return verdict;
    }

    void Decide(Document<TState> document, Hearing hearing, DateTimeOffset now)
    {
        if (!document.Note(hearing.Stream, hearing.Place, hearing.SourceId))
            return;
        try
        {
            Apply(document, hearing.Message, decider.Decide(document.State, hearing.Message, now), now);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Quarantine(document, messages.Wait(hearing, now), hearing.Message, exception, now);
        }
    }

    // What waited may have been written by another release: that it cannot be read is a fault of this message, too.
    void Decide(Document<TState> document, Waiting waiting, DateTimeOffset now)
    {
        if (!document.Note(waiting.Stream, waiting.Place, waiting.SourceId))
            return;
        object? message = null;
        try
        {
            message = messages.Unwait(waiting).Message;
            Apply(document, message, decider.Decide(document.State, message, now), now);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Quarantine(document, waiting, message, exception, now);
        }
    }

    void Quarantine(Document<TState> document, Waiting waiting, object? message, Exception exception, DateTimeOffset now)
    {
        document.Quarantine = new Quarantine(
            waiting,
            Telemetry.WhereFrom(exception),
            now,
            decider.Owner(document.State, message)
        );
        document.Put(
            decider.Quarantined(document.State, message, document.Quarantine.Reason, now),
            messages,
            store.Epoch,
            Activity.Current?.Id,
            now
        );
        document.Unsaved.Quarantines.Add(waiting.Type[(waiting.Type.LastIndexOf('.') + 1)..]);
    }

    void Apply(Document<TState> document, object cause, Decided<TState> decided, DateTimeOffset now)
    {
        document.Put(decided.Effects, messages, store.Epoch, Activity.Current?.Id, now);
        document.State = decided.State;
        Revive(document, now);
        document.Unsaved.Decisions.Add((cause, decided));
    }
}

/// <summary>What became of a message, and the state after it.</summary>
public readonly record struct Heard<TState>(Verdict Verdict, TState State);
