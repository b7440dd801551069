using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Intake.Core;

/// <summary>What the intake knows of one ticket of a school.</summary>
public sealed record SchoolSide
{
    public static readonly SchoolSide Unheard = new();

    public string? School { get; init; }

    /// <summary>The tool's own ticket id.</summary>
    public string? Ticket { get; init; }

    /// <summary>Whether the school's support handed it over and did not take it back.</summary>
    public bool HandedOver { get; init; }

    /// <summary>The last state the tool told, in its own word; for tools that post states rather than events.</summary>
    public string? State { get; init; }

    /// <summary>When the tool was last heard.</summary>
    public DateTimeOffset? LastHeard { get; init; }

    /// <summary>When the school closed it or took it back; null while it is open.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What was said of it before source ids bore their kind (0.2.0), with it: <c>comment:5</c>. It is not
    /// said again under its new id. Null for a ticket begun since.</summary>
    public IReadOnlyList<string>? TakenBefore { get; init; }

    /// <summary>Whether so much was said of it before that part of it lies apart and cannot be looked through: it keeps
    /// ids without a kind to its end.</summary>
    public bool KeepsFormerIds { get; init; }

    /// <summary>It ended long ago, and only this is left of it.</summary>
    public bool IsTombstone { get; init; }

    /// <summary>What is kept of it long after its end, or after a year in which nothing was heard.</summary>
    public SchoolSide Tombstone() => this with { Ended = Ended ?? LastHeard, IsTombstone = true };

    /// <summary>
    /// What is said of a ticket that ended long ago: only what happened since counts, and only a handover made since
    /// makes it live again. What a tool still shows, or repeats, of the time
    /// before is nothing new.
    /// </summary>
    public Decided<SchoolSide> LongAfter(Decided<SchoolSide> read, DateTimeOffset received)
    {
        var since = Decided.Say(read.State, read.Says.Where(fact => ((Fact)fact).Heading.OccurredAt > Ended));
        return since.Says.Any(fact => fact is TicketOpened or TicketLinked)
            ? After(since with { State = since.State with { IsTombstone = false } }, received)
            : since with { State = since.State with { IsTombstone = true, Ended = Ended, LastHeard = received } };
    }

    /// <summary>What was read, with when, and whether that was the end.</summary>
    public static Decided<SchoolSide> After(Decided<SchoolSide> read, DateTimeOffset received) => read with
    {
        State = read.State with
        {
            LastHeard = received,
            Ended = read.Says.Count == 0 ? read.State.Ended : read.Says[^1] is SchoolClosed or SchoolWithdrew ? received : null,
        },
    };
}

/// <summary>A post that is to be read in a ticket's document.</summary>
/// <param name="Received">When it came.</param>
public sealed record Delivery(string School, string Dialect, Post Post, Key Key, DateTimeOffset Received);
