using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GroupTicketing.Platform;

/// <summary>Doing what is pending in documents.</summary>
public sealed partial class Documents<TState>
{
    async Task<IReadOnlyList<StreamMessage>> IDocuments.Outgoing(string ticket, string stream, CancellationToken ct)
    {
        var key = KeyOf(ticket);
        using var held = await waves.Hold(ticket, ct);
        var open = recent.Take(key) ?? await Open(key, ct);
        recent.Keep(open);
        return open.Document.Streams.TryGetValue(stream, out var spoken) ? [.. spoken.Outgoing()] : [];
    }

    Task IDocuments.Confirmed(string ticket, string stream, Place place, CancellationToken ct) =>
        Change(
            ticket,
            (document, _) =>
            {
                if (!document.Streams.TryGetValue(stream, out var spoken) || place.Number <= spoken.Confirmed.Number)
                    return Task.FromResult((false, false));
                spoken.ConfirmUpTo(place);
                spoken.NextTry = null;
                spoken.LastError = null;
                return Task.FromResult((true, true));
            },
            ct
        );

    Task IDocuments.Postpone(string ticket, string stream, DateTimeOffset until, string reason, CancellationToken ct) =>
        Change(
            ticket,
            (document, _) =>
            {
                document.Streams[stream].NextTry = until;
                document.Streams[stream].LastError = reason;
                return Task.FromResult((true, true));
            },
            ct
        );

    // To be missed in all of them a document would have to be written three times, each just before its turn.
    const int MostWalks = 3;

    async IAsyncEnumerable<StreamMessage> IDocuments.LastSaid(
        IReadOnlySet<string>? streams,
        DateTimeOffset since,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        // A document that is written meanwhile goes to the front of the list, where the walk has been: what was written
        // since it began is walked again.
        var (began, said) = (clock.GetUtcNow() - Lease.ClockSkew, new HashSet<(string Key, long Version)>());
        for (var walk = 0; walk < MostWalks; walk++)
        {
            var next = clock.GetUtcNow() - Lease.ClockSkew;
            await foreach (var stored in Written(since, ct))
            {
                if (stored.Stamp >= began && !said.Add((stored.Key, stored.Version)))
                    continue;
                var last = await OrNull(() => LastSaid(stored, streams, ct), _ => Telemetry.Unreadable(decider.Name));
                foreach (var one in last ?? [])
                    yield return one;
            }
            since = next;
        }
    }

    async ValueTask<List<StreamMessage>> LastSaid(StoredDocument stored, IReadOnlySet<string>? streams, CancellationToken ct)
    {
        var last = new List<StreamMessage>();
        foreach (var (stream, said) in (await codec.Read(stored, ct)).Document.Streams)
        {
            if (said.Confirmed.Number == 0 || streams?.Contains(stream) == false)
                continue;
            // What is not sent yet is said anyway, and after it nothing is missing.
            var one = said.Messages.FindLast(one => one.Place.Number <= said.Confirmed.Number)
                ?? (await Kept(stored.Ticket, stream, said.Confirmed.Number, said, ct)).FirstOrDefault();
            if (one is not null)
                last.Add(one);
        }
        return last;
    }

    Task<Attempt?> IDocuments.Claim(string ticket, string lane, TimeSpan deadline, CancellationToken ct) =>
        Change(
            ticket,
            (document, now) =>
            {
                var attempt = document.Lanes.GetValueOrDefault(lane) is { } waiting
                    ? Claim(KeyOf(ticket), document, lane, waiting, deadline, now)
                    : null;
                return Task.FromResult((attempt is not null, attempt));
            },
            ct
        );

    Attempt? Claim(string key, Document<TState> document, string name, Lane lane, TimeSpan deadline, DateTimeOffset now) =>
        lane.Claim(
            key,
            name,
            deadline,
            $"{store.Epoch}-{document.CallsMade}-{Random.Shared.NextInt64():x}",
            store.Epoch,
            store.Restored,
            now
        );

    // What a free worker can begin right after this write is claimed by it.
    void Claim(string key, Document<TState> document, DateTimeOffset now, List<Reservation> reservations)
    {
        foreach (var (name, lane) in document.Lanes)
        {
            if (
                lane.Lease is not null
                || lane.Due() is not { } due
                || due > now
                || wakeSignal.Reserve(key, name, lane.Target) is not { } reservation
            )
                continue;
            reservations.Add(reservation);
            reservation.Claim(Claim(key, document, name, lane, reservation.Deadline, now));
        }
    }

    Task<bool> IDocuments.Settle(Attempt attempt, Answer answer, TimeSpan retry, CancellationToken ct)
    {
        var ticket = attempt.Ticket;
        return Change(
            ticket,
            async (document, now) =>
            {
                if (document.Lanes.GetValueOrDefault(attempt.Lane) is not { } lane || !lane.Settle(attempt, answer, retry, now))
                    return (false, false);
                if (answer is Answer.Done { Note: { } note })
                    document.Unsaved.Pieces.Add(note);
                try
                {
                    if (attempt.Target == Outbox.Clock)
                        await Take(ticket, document, messages.Reminded(attempt.Call), now, ct);
                    else
                        Apply(document, attempt, decider.Settle(document.State, attempt, answer, now), now);
                }
                catch (Exception exception) when (Failures.IsOfOneAlone(exception))
                {
                    lane.Stop(attempt, Telemetry.WhereFrom(exception));
                }
                if (document.Lanes.GetValueOrDefault(attempt.Lane) is { Calls.Count: 0 })
                    document.Lanes.Remove(attempt.Lane);
                return (true, true);
            },
            ct
        );
    }

    Task<bool> IDocuments.Release(string ticket, CancellationToken ct) => Change(ticket, async (document, now) =>
    {
        if (document.Quarantine is not { } quarantine)
            return (false, false);
        document.Quarantine = null;
        Decide(document, quarantine.Message with { SourceId = null }, now);
        await Unpark(ticket, document, now, ct);
        return (true, true);
    }, ct);

    Task<bool> IDocuments.Retry(string ticket, string lane, CancellationToken ct) => Change(ticket, (document, _) =>
    {
        if (document.Streams.TryGetValue(lane, out var spoken))
        {
            var waited = spoken.NextTry is not null;
            spoken.NextTry = null;
            return Task.FromResult((waited, waited));
        }
        if (!document.Lanes.TryGetValue(lane, out var stopped) || stopped.Calls.Count == 0)
            return Task.FromResult((false, false));
        stopped.Stopped = null;
        stopped.NextTry = null;
        return Task.FromResult((true, true));
    }, ct);

    Task<bool> IDocuments.Skip(string ticket, string lane, Predicate<PendingLane> isMeant, CancellationToken ct) =>
        Change(
            ticket,
            async (document, now) =>
            {
                if (
                    document.Pending(KeyOf(ticket)).FirstOrDefault(pending => pending.Lane == lane) is not { } pending
                    || !isMeant(pending)
                )
                    return (false, false);
                if (lane == Outbox.QuarantineLane && document.Quarantine is { } quarantine)
                {
                    document.Quarantine = null;
                    Skipped(document, Readable(quarantine.Message), now);
                    await Unpark(ticket, document, now, ct);
                    return (true, true);
                }
                if (!document.Lanes.TryGetValue(lane, out var stopped) || stopped.Calls.Count == 0 || stopped.Lease is not null)
                    return (false, false);
                var dropped = stopped.Calls[0];
                stopped.Calls.RemoveAt(0);
                stopped.Stopped = null;
                stopped.NextTry = null;
                stopped.LastError = null;
                stopped.Cause = null;
                if (stopped.Calls.Count == 0)
                    document.Lanes.Remove(lane);
                Skipped(document, dropped, now);
                return (true, true);
            },
            ct
        );

    void Skipped(Document<TState> document, object? dropped, DateTimeOffset now)
    {
        var decided = decider.Skipped(document.State, dropped, now);
        document.Put(decided.Effects, messages, store.Epoch, Activity.Current?.Id, now);
        document.State = decided.State;
    }

    object? Readable(Waiting waiting)
    {
        try
        {
            return messages.Unwait(waiting).Message;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Another release's, or broken: that may be why it is given up.
            return null;
        }
    }

    async Task<Document<TState>?> Load(string ticket, CancellationToken ct) =>
        await store.Load(KeyOf(ticket), ct) is { } stored ? (await codec.Read(stored, ct)).Document : null;
}
