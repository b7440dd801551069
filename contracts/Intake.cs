using System.Text.Json.Serialization;

namespace GroupTicketing.Contracts;

/// <summary>The school handed a ticket over to the group.</summary>
public sealed record TicketOpened(Heading Heading, Handover Handover) : Fact(Heading), IJsonOnDeserialized
{
    Handover handover = Handover;

    /// <summary>What was handed over.</summary>
    public Handover Handover { get => handover; init => handover = value; }

    void IJsonOnDeserialized.OnDeserialized() => handover ??= Handover.BesideHeading(Unknown);
}

/// <summary>The school made one of its tickets and a group ticket that is there already one pair: nothing is created,
/// and from now on what is said on either side crosses.</summary>
/// <param name="Ticket">The school's own ticket.</param>
/// <param name="Title">One line, as written.</param>
/// <param name="Reference">iTop's reference of the group ticket, e.g. <c>R-000123</c>; of the school's own
/// organisation, or it is refused.</param>
/// <param name="Text">What the group is to read of the school's ticket; null for none.</param>
public sealed record TicketLinked(Heading Heading, SchoolTicket Ticket, string Title, string Reference, string? Text = null)
    : Fact(Heading);

/// <summary>A public comment, or a private note that bears the school's mark (<c>@groupe</c>).</summary>
/// <param name="Marked">Whether its author set the mark: then it is for the group, and answers what the group waits
/// for, as the requester's words do. Null: said by a release that did not say.</param>
public sealed record SchoolCommented(Heading Heading, Author Author, string Text, bool? Marked = null) : Fact(Heading);

/// <summary>A file was added to the school's ticket.</summary>
public sealed record SchoolAttached(Heading Heading, Author Author, FileClaim File) : Fact(Heading);

/// <summary>The school answered a group ticket that waits for it.</summary>
public sealed record SchoolAnswered(Heading Heading, Author Author, string Text) : Fact(Heading);

/// <summary>The school's support accepts the proposed solution.</summary>
public sealed record SchoolConfirmed(Heading Heading, string? Text = null) : Fact(Heading);

/// <summary>The school's ticket is open again. It reopens the group's only when an agent says so
/// (<see cref="Role.Support"/>): tools reopen by themselves on "merci".</summary>
public sealed record SchoolReopened(Heading Heading, Author Author, string? Text = null) : Fact(Heading);

/// <summary>The school closed its ticket.</summary>
public sealed record SchoolClosed(Heading Heading, string? Text = null) : Fact(Heading);

/// <summary>A person gave up a handover that could not be read: it is the school's alone, and the school is told so.</summary>
public sealed record HandoverGivenUp(Heading Heading, SchoolTicket Ticket) : Fact(Heading);

/// <summary>The school took the handover back.</summary>
public sealed record SchoolWithdrew(Heading Heading, string? Reason = null) : Fact(Heading);
