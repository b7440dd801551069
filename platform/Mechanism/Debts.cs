using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform;

/// <summary>How effects become debts, and debts the store's index rows.</summary>
public static class Debts
{
    /// <summary>The target of every message debt.</summary>
    public const string Bus = "bus";

    /// <summary>The target of reminders: always up.</summary>
    public const string Clock = "clock";

    /// <summary>What the lane of a gap in an incoming stream begins with.</summary>
    public const string MissingLane = "missing:";

    /// <summary>The lane that shows a quarantined document.</summary>
    public const string QuarantineLane = "quarantine";

    /// <summary>Whether a target is nobody's to be called: quarantined documents, of an owner or of all.</summary>
    public static bool IsQuarantine(string target) => target.Split(':')[0] == QuarantineLane;

    /// <summary>Owes effects, in the write that decided them: all, or none when one of them cannot be written down.</summary>
    public static void Owe<TState>(
        this Document<TState> document,
        IReadOnlyList<Effect> effects,
        IMessages messages,
        long epoch,
        string? trace,
        DateTimeOffset now
    )
    {
        var places = new Dictionary<string, Place>();
        var owing = effects
            .Select(effect =>
                effect switch
                {
                    Effect.Say say => document.Say(say.Message, messages, places, epoch, trace, now),
                    Effect.Call call => document.Owe(
                        call.Lane,
                        call.Target,
                        new Debt(document.NextDebt(epoch), call.Kind, Json.Element(call.Body), trace, now, call.NotBefore)
                    ),
                    Effect.GoOn goOn => document.GoOn(goOn.Lane),
                    Effect.Remind remind => document.Remind(remind, messages, epoch, trace, now),
                    _ => throw new NotSupportedException(effect.GetType().Name),
                }
            )
            .ToList();
        owing.ForEach(owe => owe());
    }

    /// <summary>Every lane that owes, as the store indexes it.</summary>
    public static IReadOnlyList<Owed> Owing<TState>(this Document<TState> document, string key)
    {
        var owed = new List<Owed>();
        foreach (var (stream, spoken) in document.Spoken)
        {
            if (spoken.Paid.Number < spoken.Last.Number)
                owed.Add(
                    new Owed(
                        key,
                        stream,
                        Bus,
                        spoken.NextTry ?? DateTimeOffset.UnixEpoch,
                        spoken.Unpaid().First().Since,
                        (int)(spoken.Last.Number - spoken.Paid.Number),
                        spoken.LastError,
                        spoken.Cause
                    )
                );
        }
        foreach (var (name, lane) in document.Lanes)
        {
            if (lane.Debts.Count > 0)
                owed.Add(
                    new Owed(
                        key,
                        name,
                        lane.Target,
                        lane.Due(),
                        lane.Debts[0].Since,
                        lane.Debts.Count,
                        lane.Stopped ?? lane.LastError,
                        lane.Cause
                    )
                );
        }
        foreach (var (stream, due) in document.Gaps())
            owed.Add(
                new Owed(
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
            owed.Add(
                new Owed(
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
        return owed;
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
            : document.Spoken.GetValueOrDefault(stream)?.Last ?? default;
        var place = places[stream] = last.Next(epoch);
        var said = messages.At(message, place);
        var waiting = messages.Wait(new Hearing(stream, place, null, said), now);
        return () =>
        {
            if (!document.Spoken.TryGetValue(stream, out var spoken))
                document.Spoken[stream] = spoken = new Spoken();
            spoken.Last = place;
            spoken.Said.Add(new Said(place, waiting.Type, waiting.Body, trace, now));
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
        return document.Owe(
            remind.Lane,
            Clock,
            new Debt(document.NextDebt(epoch), waiting.Type, waiting.Body, trace, now, remind.At)
        );
    }

    static Action Owe<TState>(this Document<TState> document, string name, string target, Debt debt) => () =>
    {
        if (!document.Lanes.TryGetValue(name, out var lane) || (lane.Debts.Count == 0 && lane.Target != target))
            document.Lanes[name] = lane = new Lane { Target = target };
        lane.Debts.Add(debt);
    };

    static Action GoOn<TState>(this Document<TState> document, string name) => () =>
    {
        if (document.Lanes.GetValueOrDefault(name) is { Stopped: not null } lane)
            (lane.Stopped, lane.NextTry) = (null, null);
    };

    static string NextDebt<TState>(this Document<TState> document, long epoch) => $"{epoch}-{++document.DebtsMade}";
}
