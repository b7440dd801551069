using System.Diagnostics;

namespace GroupTicketing.Platform;

/// <summary>
/// The documents of one room, and the only way to change them: load, drop what was taken, let wait what came too early, decide, save with the expected version.
/// One atomic write holds the new state and everything it owes.
/// </summary>
public sealed partial class Documents<TState>(IRoom<TState> room, IStore store, IMessages messages, Doorbell doorbell, TimeProvider clock) : IDocuments
{
    // A conflict means another instance wrote the same ticket between load and save; more than a few in a row do not happen without a fault.
    const int MostConflicts = 20;

    readonly DocumentCodec<TState> codec = new(room);
    readonly KeyedLocks locks = new();

    /// <inheritdoc/>
    public string Name => room.Name;

    /// <summary>
    /// Takes a message: decides on it, and on what waited for it. A message the room cannot decide is quarantined in its document, and this returns all the same.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was written; say it again.</exception>
    public Task<Heard<TState>> Transact(string ticket, Hearing hearing, CancellationToken ct) => Change(ticket, async (document, now) =>
    {
        var verdict = await Take(ticket, document, hearing, now, ct);
        return (verdict is not Verdict.Repeat, new Heard<TState>(verdict, document.State));
    }, ct);

    async Task IDocuments.Hear(object message, CancellationToken ct)
    {
        var hearing = messages.HearingOf(message);
        var started = clock.GetTimestamp();
        var heard = await Transact(messages.TicketOf(message), hearing, ct);
        Telemetry.Heard(room.Name, message.GetType().Name, heard.Verdict, clock.GetElapsedTime(started));
    }

    /// <summary>The state, or null for a ticket never heard of.</summary>
    public async Task<Known<TState>?> Read(string ticket, CancellationToken ct) =>
        await store.Load(KeyOf(ticket), ct) is { } stored ? Known(stored) : null;

    /// <summary>States, newest first.</summary>
    public async Task<IReadOnlyList<Known<TState>>> List(string? shelf, DateTimeOffset? before, int limit, CancellationToken ct) =>
        [.. (await store.List(room.Name, shelf, before, limit, ct)).Select(Known)];

    Known<TState> Known(StoredDocument stored)
    {
        var document = codec.Read(stored);
        return new(stored.Ticket, document.State, stored.Stamp, document.Quarantine?.Reason);
    }

    string KeyOf(string ticket) => $"{room.Name}/{ticket}";

    async Task<Verdict> Take(string ticket, Document<TState> document, Hearing hearing, DateTimeOffset now, CancellationToken ct)
    {
        var verdict = hearing.Stream is null ? Verdict.Next : Judge(document, hearing.Stream, hearing.Place);
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

    Verdict Judge(Document<TState> document, string stream, Place place)
    {
        var heard = document.Heard.GetValueOrDefault(stream);
        return room.KeepsOrder ? Inbox.Judge(heard, place) : Inbox.JudgeLoosely(heard, place);
    }

    void Decide(Document<TState> document, Hearing hearing, DateTimeOffset now)
    {
        if (hearing.Stream is { } stream)
            document.Heard[stream] = hearing.Place;
        if (hearing.SourceId is { } sourceId && !document.Remember(sourceId))
            return;
        try
        {
            Apply(document, room.Decide(document.State, hearing.Message, now), now);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            document.Quarantine = new Quarantine(messages.Wait(hearing, now), Telemetry.WhereFrom(exception), now);
            Telemetry.Quarantined(room.Name, hearing.Message.GetType().Name);
        }
    }

    void Apply(Document<TState> document, Decided<TState> decided, DateTimeOffset now)
    {
        document.State = decided.State;
        foreach (var effect in decided.Effects)
            document.Owe(effect, messages, store.Epoch, Activity.Current?.Id, now);
    }

    async Task Park(string ticket, Document<TState> document, Waiting waiting, CancellationToken ct)
    {
        if (document.Waiting.Any(other => other.Stream == waiting.Stream && other.Stream is not null && other.Place == waiting.Place))
            return;
        if (document.Waiting.Count < Inbox.MostWaiting)
        {
            document.Waiting.Add(waiting);
            return;
        }
        document.WaitingApart++;
        await store.PutSide(Sides.Waiting, Sides.WaitingKey(KeyOf(ticket), waiting, document.WaitingApart), Json.Write(waiting), clock.GetUtcNow() + Sides.KeptApart, ct);
    }

    async Task Unpark(string ticket, Document<TState> document, DateTimeOffset now, CancellationToken ct)
    {
        if (document.WaitingApart > 0 && document.Quarantine is null && document.Waiting.Count < Inbox.MostWaiting / 2)
            await Fetch(ticket, document, ct);
        while (document.Quarantine is null && NextWaiting(document) is { } next)
        {
            document.Waiting.Remove(next);
            if (next.Stream is null || Judge(document, next.Stream, next.Place) is Verdict.Next)
                Decide(document, messages.Unwait(next), now);
        }
        document.Asked.Clear();
    }

    // The pieces are deleted only after the document that took them is saved: killed between, they are read once more and dropped as repeats.
    async Task Fetch(string ticket, Document<TState> document, CancellationToken ct)
    {
        foreach (var (piece, body) in await store.ListSide(Sides.Waiting, KeyOf(ticket) + "|", ct))
        {
            document.Fetched.Add(piece);
            var waiting = Json.Read<Waiting>(body);
            if (waiting.Stream is null || Judge(document, waiting.Stream, waiting.Place) is not Verdict.Repeat)
                document.Waiting.Add(waiting);
        }
        document.WaitingApart = 0;
    }

    Waiting? NextWaiting(Document<TState> document) =>
        document.Waiting.Find(waiting => waiting.Stream is null || Judge(document, waiting.Stream, waiting.Place) is not Verdict.Early);

    async Task<TResult> Change<TResult>(string ticket, Func<Document<TState>, DateTimeOffset, Task<(bool Write, TResult Result)>> change, CancellationToken ct)
    {
        var key = KeyOf(ticket);
        using var held = await locks.Hold(key, ct);
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var stored = await store.Load(key, ct);
            var document = stored is null ? codec.Fresh() : codec.Read(stored);
            var now = clock.GetUtcNow();
            var (write, result) = await change(document, now);
            if (!write)
                return result;
            foreach (var (stream, spoken) in document.Spoken)
                await LayApart(key, stream, spoken, ct);
            var owed = document.Owing(key);
            if (await store.Save(codec.Write(key, (stored?.Version ?? 0) + 1, document, now), owed, ct))
            {
                foreach (var piece in document.Fetched)
                    await store.DeleteSide(Sides.Waiting, piece, ct);
                doorbell.Ring(owed, now);
                return result;
            }
        }
        throw new StoreUnavailableException($"{MostConflicts} writers in a row were faster on one document");
    }

    async Task LayApart(string key, string stream, Spoken spoken, CancellationToken ct)
    {
        foreach (var said in spoken.Overflow())
            await store.PutSide(Sides.Said, Sides.SaidKey(key, stream, said), Json.Write(said), clock.GetUtcNow() + Sides.KeptApart, ct);
    }
}

/// <summary>What became of a message, and the state after it.</summary>
public readonly record struct Heard<TState>(Verdict Verdict, TState State);

/// <summary>A document as a reader sees it.</summary>
/// <param name="Stamp">When it was last written.</param>
/// <param name="Quarantined">Why it takes nothing more, or null.</param>
public sealed record Known<TState>(string Ticket, TState State, DateTimeOffset Stamp, string? Quarantined);
