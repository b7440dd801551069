namespace GroupTicketing.Contracts;

/// <summary>The group ticket exists.</summary>
/// <param name="Reference">iTop's reference, e.g. <c>R-000123</c>.</param>
/// <param name="Url">Where intervenants open it.</param>
/// <param name="ItopId">iTop's id: the link survives by it when a person edits the title.</param>
/// <param name="Generation">Of which group ticket of the school ticket it is; 0: a release before did not say.</param>
public sealed record GroupTicketOpened(Heading Heading, string Reference, string Url, string ItopId, int Generation = 0)
    : Fact(Heading);

/// <summary>A person gave up a creation that iTop does not take: the link is closed, and the school is told so.</summary>
/// <param name="Reason">Why iTop did not take it, for the timeline; no personal data.</param>
public sealed record OpeningGivenUp(Heading Heading, string? Reason) : Fact(Heading);

/// <summary>An intervenant, or a team alone, took the ticket.</summary>
public sealed record TicketAssigned(Heading Heading, string? Team, string? Agent) : Fact(Heading);

/// <summary>The group waits for an answer.</summary>
public sealed record TicketPending(Heading Heading, string Reason) : Fact(Heading);

/// <summary>A new service or sous-service was chosen in iTop; later changes of the school never overwrite it.</summary>
public sealed record TicketRequalified(Heading Heading, string? Service, string? SousService, string? Team) : Fact(Heading);

/// <summary>Assigned to the team "Retour école": the ticket is the school's again.</summary>
public sealed record ReturnedToSchool(Heading Heading, string? Reason) : Fact(Heading);

/// <summary>The group wrote in the public log.</summary>
public sealed record GroupCommented(Heading Heading, Author Author, string Text) : Fact(Heading);

/// <summary>The group added a file.</summary>
public sealed record GroupAttached(Heading Heading, FileClaim File) : Fact(Heading);

/// <summary>The group proposes a solution.</summary>
public sealed record TicketResolved(Heading Heading, string Solution, string? Code) : Fact(Heading);

/// <summary>The group ticket is open again after a solution.</summary>
public sealed record TicketReopened(Heading Heading) : Fact(Heading);

/// <summary>The group ticket is closed; iTop knows no way back from there.</summary>
/// <param name="How"><c>rejected</c>: it was not approved; <c>deleted</c>: it is no longer in iTop, and is never made
/// again by itself; null: closed.</param>
public sealed record TicketClosed(Heading Heading, string? How = null) : Fact(Heading);

/// <summary>The ticket waits for an approval in iTop, or has it.</summary>
/// <param name="State"><c>waiting_for_approval</c> or <c>approved</c>.</param>
public sealed record ApprovalMoved(Heading Heading, string State) : Fact(Heading);

/// <summary>A time agreed in iTop has passed: <c>tto</c> (to take over) or <c>ttr</c> (to resolve).</summary>
public sealed record DeadlineMissed(Heading Heading, string Which) : Fact(Heading);

/// <summary>A request opened in iTop by the group, for a school.</summary>
/// <param name="Description">Plain text.</param>
public sealed record GroupTicketFound(
    Heading Heading,
    string Reference,
    string Url,
    string ItopId,
    string Title,
    string? Description = null
) : Fact(Heading);

/// <summary>What bears the group ticket's id in iTop is not what the link was made with: nothing crosses until a person
/// says what it is (<see cref="StoppedLinkSettled"/>).</summary>
/// <param name="Reference">The reference the link was made with.</param>
/// <param name="Why"><c>key</c>: it bears another ticket's key; <c>organisation</c>: it is another organisation's;
/// <c>started</c>: it was begun at another time; <c>unknown</c>, <c>taken</c>: the
/// reference a person named is none of that organisation's, or another school ticket's.</param>
public sealed record LinkStopped(Heading Heading, string? Reference, string Why) : Fact(Heading);

/// <summary>A person said that it is the same request: what waited crosses.</summary>
public sealed record LinkResumed(Heading Heading) : Fact(Heading);

/// <summary>What the school wrote for an earlier group ticket stands nowhere: that one was never opened, or is no more.</summary>
/// <param name="Text">What was to be written; null for a file.</param>
/// <param name="File">The file's name; null for a text.</param>
public sealed record GroupUpdateNotTaken(Heading Heading, string? Text, string? File = null) : Fact(Heading);

/// <summary>The group ticket that a school ticket was to be linked to is not to be had.</summary>
/// <param name="Why"><c>unknown</c>: the school's organisation has none of that reference; <c>taken</c>: it is another
/// school ticket's.</param>
public sealed record LinkRefused(Heading Heading, string Reference, string Why) : Fact(Heading);
