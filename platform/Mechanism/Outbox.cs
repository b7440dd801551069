using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform;

/// <summary>A document's outbox: how effects become calls and outgoing messages, and these the store's index rows.</summary>
public static class Outbox
{
    /// <summary>The target of every outgoing message.</summary>
    public const string Bus = "bus";

    /// <summary>The target of reminders: always up.</summary>
    public const string Clock = "clock";

    /// <summary>What the lane of a gap in an incoming stream begins with.</summary>
    public const string MissingLane = "missing:";

    /// <summary>The lane that shows a quarantined document.</summary>
    public const string QuarantineLane = "quarantine";

    /// <summary>Whether a target is nobody's to be called: quarantined documents, of an owner or of all.</summary>
    public static bool IsQuarantine(string target) => target.Split(':')[0] == QuarantineLane;

    /// <summary>Puts effects into the outbox, in the write that decided them: all, or none when one of them cannot be
    /// written down.</summary>
    public static void Put<TState>(
        this Document<TState> document,
        IReadOnlyList<Effect> effects,
        IMessages messages,
        long epoch,
        string? trace,
        DateTimeOffset now
    )
    {
        var places = new Dictionary<string, Place>();
        var puts = effects
            .Select(effect =>
                effect switch
                {
                    Effect.Say say => document.Say(say.Message, messages, places, epoch, trace, now),
                    Effect.Call call => document.Put(
                        call.Lane,
                        call.Target,
                        new PendingCall(document.NextCall(epoch), call.Kind, Json.Element(call.Body), trace, now, call.NotBefore)
                    ),
                    Effect.GoOn goOn => document.GoOn(goOn.Lane),
                    Effect.Remind remind => document.Remind(remind, messages, epoch, trace, now),
                    _ => throw new NotSupportedException(effect.GetType().Name),
                }
            )
            .ToList();
        puts.ForEach(put => put());
    }

    /// <summary>Every lane with something pending, as the store indexes it.</summary>
    public static IReadOnlyList<PendingLane> Pending<TState>(this Document<TState> document, string key)
    {
        var pending = new List<PendingLane>();
        foreach (var (stream, spoken) in document.Streams)
        {
            if (spoken.Confirmed.Number < spoken.Last.Number)
                pending.Add(
                    new PendingLane(
                        key,
                        stream,
                        Bus,
                        spoken.NextTry ?? DateTimeOffset.UnixEpoch,
                        spoken.Outgoing().First().Since,
                        (int)(spoken.Last.Number - spoken.Confirmed.Number),
                        spoken.LastError,
                        spoken.Cause
                    )
                );
        }
        foreach (var (name, lane) in document.Lanes)
        {
            if (lane.Calls.Count > 0)
                pending.Add(
                    new PendingLane(
                        key,
                        name,
                        lane.Target,
                        lane.Due(),
                        lane.Calls[0].Since,
                        lane.Calls.Count,
                        lane.Stopped ?? lane.LastError,
                        lane.Cause
                    )
                );
        }
        foreach (var (stream, due) in document.Gaps())
            pending.Add(
                new PendingLane(
                    key,
                    MissingLane + stream,
                    Bus,
                    due,
                    due - Inbox.GapPatience,
                    document.Waiting.Count,
                    null,
                    Cause.Missing
                )
            );
        if (document.Quarantine is { } quarantine)
            pending.Add(
                new PendingLane(
                    key,
                    QuarantineLane,
                    quarantine.Owner is { } owner ? $"{QuarantineLane}:{owner}" : QuarantineLane,
                    null,
                    quarantine.Since,
                    1 + document.Waiting.Count,
                    quarantine.Reason,
                    Cause.Undecided
                )
            );
        return pending;
    }

    static Action Say<TState>(
        this Document<TState> document,
        object message,
        IMessages messages,
        Dictionary<string, Place> places,
        long epoch,
        string? trace,
        DateTimeOffset now
    )
    {
        var stream = messages.StreamOf(message);
        var last = places.TryGetValue(stream, out var before)
            ? before
            : document.Streams.GetValueOrDefault(stream)?.Last ?? default;
        var place = places[stream] = last.Next(epoch);
        var said = messages.At(message, place);
        var waiting = messages.Wait(new Hearing(stream, place, null, said), now);
        return () =>
        {
            if (!document.Streams.TryGetValue(stream, out var spoken))
                document.Streams[stream] = spoken = new OutgoingStream();
            spoken.Last = place;
            spoken.Messages.Add(new StreamMessage(place, waiting.Type, waiting.Body, trace, now));
            document.Unsaved.News.Add(new(stream, place, said));
        };
    }

    static Action Remind<TState>(
        this Document<TState> document,
        Effect.Remind remind,
        IMessages messages,
        long epoch,
        string? trace,
        DateTimeOffset now
    )
    {
        var waiting = messages.Wait(new Hearing(null, default, null, remind.Message), now);
        return document.Put(
            remind.Lane,
            Clock,
            new PendingCall(document.NextCall(epoch), waiting.Type, waiting.Body, trace, now, remind.At)
        );
    }

    static Action Put<TState>(this Document<TState> document, string name, string target, PendingCall call) => () =>
    {
        if (!document.Lanes.TryGetValue(name, out var lane) || (lane.Calls.Count == 0 && lane.Target != target))
            document.Lanes[name] = lane = new Lane { Target = target };
        lane.Calls.Add(call);
    };

    static Action GoOn<TState>(this Document<TState> document, string name) => () =>
    {
        if (document.Lanes.GetValueOrDefault(name) is { Stopped: not null } lane)
            (lane.Stopped, lane.NextTry) = (null, null);
    };

    static string NextCall<TState>(this Document<TState> document, long epoch) => $"{epoch}-{++document.CallsMade}";
}
