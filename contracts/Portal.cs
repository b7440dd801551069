namespace GroupTicketing.Contracts;

/// <summary>The C2IP placed a request that waited, or refused it.</summary>
/// <param name="Placement">Where it goes; null when refused.</param>
/// <param name="Refusal">What the school is told, in plain French, when refused.</param>
/// <param name="By">Who decided, for the timeline.</param>
public sealed record TriageDecided(Heading Heading, Placement? Placement, string? Refusal, string By) : Fact(Heading);

/// <summary>A person asks to attach a school's ticket to an existing group ticket of its own organisation.</summary>
/// <param name="Title">The school ticket's, for people; null where nobody said it.</param>
public sealed record LinkAsked(Heading Heading, SchoolTicket Ticket, string Reference, string? Title = null) : Fact(Heading);

/// <summary>The C2IP announces an incident on the ticket's brique, or its end.</summary>
/// <param name="Announcement">The announcement's id; a ticket is told of one once.</param>
/// <param name="Text">In the words of the C2IP.</param>
/// <param name="Ended">Whether it is over.</param>
public sealed record BriqueAnnounced(Heading Heading, string Announcement, string Text, bool Ended) : Fact(Heading);

/// <summary>A person says what becomes of a stopped link (<see cref="LinkStopped"/>).</summary>
/// <param name="How"><c>same</c>: it is the same request, and what it bears now is noted; <c>other</c>: it is the one
/// of <paramref name="Reference"/>; <c>anew</c>: a new group ticket is opened.</param>
/// <param name="Reference">Of <c>other</c>: the group ticket's, e.g. <c>R-000123</c>.</param>
public sealed record StoppedLinkSettled(Heading Heading, string How, string? Reference = null) : Fact(Heading);
