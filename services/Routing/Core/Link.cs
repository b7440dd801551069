using GroupTicketing.Contracts;

namespace GroupTicketing.Routing.Core;

/// <summary>The pair of a school's ticket and the group's: what Routing knows of it.</summary>
public sealed record Link
{
    public static readonly Link Unheard = new();

    public Stage Stage { get; init; }

    /// <summary>How the school handed it over, or linked it: kept for a later opening (after triage, or after a
    /// closure).</summary>
    public TicketOpened? Opened { get; init; }

    /// <summary>It was linked by a reference alone: its words follow when it is handed over.</summary>
    public bool AwaitsHandover { get; init; }

    public GroupRoute? Route { get; init; }

    public string? Reference { get; init; }

    public string? Url { get; init; }

    /// <summary>When the group proposed the solution now waiting for the school; null when none waits.</summary>
    public DateTimeOffset? ProposedAt { get; init; }

    /// <summary>The school's support contests, and iTop has not said yet what became of it.</summary>
    public bool Contested { get; init; }

    /// <summary>When the ticket went into iTop, or the group last moved it.</summary>
    public DateTimeOffset MovedAt { get; init; }

    public Reminded Reminded { get; init; }

    /// <summary>The school closed its ticket while it is not known whether the pair is to be had.</summary>
    public bool EndsIfRefused { get; init; }

    /// <summary>The group's clock was looked at when the link had ended: nobody looks at it again unless it becomes
    /// live.</summary>
    public bool ClockStopped { get; init; }

    /// <summary>Why the C2IP should look at it; null: the group moves it.</summary>
    public Wait? Waits { get; init; }

    /// <summary>How many group tickets this school ticket has had.</summary>
    public int Generation { get; init; }

    /// <summary>Since when it is held for the C2IP; null: it never was, or a release before 0.3 wrote it.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>When the link came to its end; it is kept some time for repeats.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>It ended long ago, and only this is left of it: no words, and nothing that could be opened again by
    /// itself.</summary>
    public bool IsTombstone { get; init; }

    public Link With(Handover handover) => this with { Opened = Opened! with { Handover = handover } };

    /// <summary>What is kept of it long after its end.</summary>
    public Link Tombstone() => new()
    {
        Stage = Stage,
        Opened = new TicketOpened(Opened!.Heading, new Handover(Opened.Handover.Ticket, "", "", new Placement())),
        Reference = Reference,
        Url = Url,
        Generation = Generation,
        EndedAt = EndedAt,
        IsTombstone = true,
    };

    /// <summary>Why nothing crosses until a person says what the request in iTop is; null: all crosses.</summary>
    public LinkStop? Stopped { get; init; }

    public bool IsLive => IsUntaken || Stage is Stage.Assigned or Stage.Pending or Stage.Proposed;

    /// <summary>Nobody of the group took it yet.</summary>
    internal bool IsUntaken => Stage is Stage.Open or Stage.Pairing;
}

/// <summary>Where a link stands. Stored by name: add, never rename.</summary>
public enum Stage
{
    Unheard,

    /// <summary>Waits for the C2IP to place it.</summary>
    Held,

    /// <summary>The group does not take it.</summary>
    Refused,

    /// <summary>Asked of iTop, or open there and not taken.</summary>
    Open,

    /// <summary>iTop was asked for a group ticket that is there, and has not said yet whether it is to be had.</summary>
    Pairing,
    Assigned,

    /// <summary>The group waits for the school.</summary>
    Pending,

    /// <summary>A solution waits for the school's support.</summary>
    Proposed,

    /// <summary>Given back: the school's again, never counted as solved.</summary>
    Returned,
    Closed,

    /// <summary>The school took it back before or after it was opened.</summary>
    Withdrawn,
}

/// <summary>The link's id in iTop was found on what it was not made with.</summary>
/// <param name="Why">As <see cref="LinkStopped"/> says it.</param>
public sealed record LinkStop(string Why, DateTimeOffset Since);

/// <summary>The school was silent long enough after that proposal.</summary>
public sealed record SilencePassed(Guid TicketId, DateTimeOffset ProposedAt);
