using System.Diagnostics;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform;

/// <summary>
/// The documents of one room, and the only way to change them: load, drop what was taken, let wait what came too early,
/// decide, save with the expected version.
/// One atomic write holds the new state and everything it owes.
/// </summary>
public sealed partial class Documents<TState>(
    IRoom<TState> room,
    IStore store,
    IMessages messages,
    Doorbell doorbell,
    TimeProvider clock
) : IDocuments
{
    // A conflict means another instance wrote the same ticket between load and save; more than a few in a row do not
    // happen without a fault.
    const int MostConflicts = 20;

    readonly DocumentCodec<TState> codec = new(room, store);
    readonly Recent<TState> recent = new();
    readonly KeyedLocks locks = new();

    /// <inheritdoc/>
    public string Name => room.Name;

    /// <summary>
    /// Takes a message: decides on it, and on what waited for it. A message the room cannot decide is quarantined in
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
            isNew: hearing is { Stream: not null, Place.Number: 1 }
        );

    async Task IDocuments.Hear(object message, CancellationToken ct)
    {
        var heard = await Transact(messages.TicketOf(message), messages.HearingOf(message), ct);
        Telemetry.Heard(room.Name, message.GetType().Name, heard.Verdict);
    }

    /// <summary>The state; null for a ticket never heard of, or, where a shelf is given, one of another, unread.</summary>
    public async Task<Known<TState>?> Read(string ticket, CancellationToken ct, string? shelf = null) =>
        await store.Load(KeyOf(ticket), ct) is { } stored && (shelf ?? stored.Shelf) == stored.Shelf
            ? await Known(stored, ct)
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

    string KeyOf(string ticket) => DocumentKey.Of(room.Name, ticket);

    async Task<Verdict> Take(string ticket, Document<TState> document, Hearing hearing, DateTimeOffset now, CancellationToken ct)
    {
        var verdict = hearing.Stream is null ? Verdict.Next : document.Incoming(hearing.Stream).Judge(hearing.Place);
        if (verdict is Verdict.Repeat)
            return verdict;
        if (document.Quarantine is not null || verdict is Verdict.Early)
        {
            await Park(ticket, document, messages.Wait(hearing, now), ct);
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
            Apply(document, hearing.Message, room.Decide(document.State, hearing.Message, now), now);
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
            Apply(document, message, room.Decide(document.State, message, now), now);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Quarantine(document, waiting, message, exception, now);
        }
    }

    void Quarantine(Document<TState> document, Waiting waiting, object? message, Exception exception, DateTimeOffset now)
    {
        document.Quarantine = new Quarantine(waiting, Telemetry.WhereFrom(exception), now, room.Owner(document.State, message));
        document.Owe(
            room.Quarantined(document.State, message, document.Quarantine.Reason, now),
            messages,
            store.Epoch,
            Activity.Current?.Id,
            now
        );
        Telemetry.Quarantined(room.Name, waiting.Type[(waiting.Type.LastIndexOf('.') + 1)..]);
    }

    void Apply(Document<TState> document, object cause, Decided<TState> decided, DateTimeOffset now)
    {
        document.Owe(decided.Effects, messages, store.Epoch, Activity.Current?.Id, now);
        document.State = decided.State;
        Revive(document, now);
        document.Decisions.Add((cause, decided));
    }

    // A document that is not remembered and hears the first of a stream is mostly none yet: it is taken for new, and
    // the write says whether it was.
    async Task<TResult> Change<TResult>(
        string ticket,
        Func<Document<TState>, DateTimeOffset, Task<(bool Write, TResult Result)>> change,
        CancellationToken ct,
        bool isNew = false
    )
    {
        var key = KeyOf(ticket);
        using var held = await locks.Hold(key, ct);
        var open = recent.Take(key) ?? (isNew ? codec.Fresh() with { AsStored = false } : await Open(key, ct));
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var now = clock.GetUtcNow();
            var (write, result) = await change(open.Document, now);
            var saved = write ? await Save(key, open, now, ct) : null;
            // A remembered document may be behind another instance's writes: that there is nothing to do is believed
            // only of what is stored.
            if (saved ?? open.AsStored)
                return result;
            // Instances that write one ticket again and again must not starve each other: whoever lost steps aside for
            // a random while.
            if (saved is false)
                await Task.Delay(
                    TimeSpan.FromMilliseconds(Random.Shared.Next(Math.Min(64, 1 << conflicts))),
                    TimeProvider.System,
                    ct
                );
            open = await Open(key, ct);
        }
        throw new StoreUnavailableException($"{MostConflicts} writers in a row were faster on one document");
    }

    async Task<Open<TState>> Open(string key, CancellationToken ct) =>
        await store.Load(key, ct) is { } stored ? await codec.Read(stored, ct) : codec.Fresh();

    // Null where there is nothing to write: a reading that brings nothing new.
    async Task<bool?> Save(string key, Open<TState> open, DateTimeOffset now, CancellationToken ct)
    {
        var document = open.Document;
        foreach (var (stream, spoken) in document.Spoken)
            await LayApart(key, stream, spoken, ct);
        var seats = Claim(key, document, now);
        var owed = document.Owing(key);
        Open<TState> written;
        try
        {
            written = await codec.Write(key, open, now, ct);
            if (open.Stored is { } before && before.Body.AsSpan().SequenceEqual(written.Stored!.Body))
                return null;
            if (!await store.Save(written.Stored!, owed, ct))
                return false;
            seats.ForEach(seat => seat.Begin());
            seats = [];
        }
        finally
        {
            seats.ForEach(seat => seat.Leave());
        }
        doorbell.Ring(owed, now);
        document.Decisions.ForEach(taken => room.Took(taken.Cause, taken.Decided, now));
        document.Decisions.Clear();
        await Tidy(document.Fetched);
        document.Fetched.Clear();
        recent.Keep(written);
        return true;
    }

    async Task Tidy(IEnumerable<string> fetched)
    {
        try
        {
            foreach (var piece in fetched)
                await store.DeleteSide(Sides.Waiting, piece, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The document is written, and nobody may be told that it is not. What is left expires, and is a repeat
            // when it is read again.
        }
    }

    async Task LayApart(string key, string stream, Spoken spoken, CancellationToken ct)
    {
        foreach (var said in spoken.Overflow())
            await store.PutSide(Sides.Said, Sides.SaidKey(key, stream, said), Json.Write(said), null, ct);
    }
}

/// <summary>What became of a message, and the state after it.</summary>
public readonly record struct Heard<TState>(Verdict Verdict, TState State);
