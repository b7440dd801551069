using System.Text.Json.Serialization;

namespace GroupTicketing.Contracts;

/// <summary>Create this ticket in iTop.</summary>
/// <param name="Handover">What the school handed over; its ticket with the generation of this group ticket.</param>
/// <param name="Organisation">The school's organisation in iTop, by name.</param>
/// <param name="Caller">The Person that is iTop's caller, by e-mail or name: the school's support contact unless the
/// school opted in to naming.</param>
/// <param name="PreviousReference">The reference of the closed group ticket this one follows.</param>
/// <param name="SupportContact">Who is the caller where iTop does not know <paramref name="Caller"/>, by e-mail or name.</param>
public sealed record TicketEscalated(
    Heading Heading,
    Handover Handover,
    string SchoolName,
    string Organisation,
    string? Caller,
    GroupRoute Route,
    string? PreviousReference = null,
    string? SupportContact = null) : Fact(Heading), IJsonOnDeserialized
{
    Handover handover = Handover;

    /// <summary>What was handed over.</summary>
    public Handover Handover { get => handover; init => handover = value; }

    void IJsonOnDeserialized.OnDeserialized() => handover ??= Handover.BesideHeading(Unknown);
}

/// <summary>Take the group ticket that is there already for this school ticket; nothing is written into it.</summary>
/// <param name="Organisation">The school's organisation in iTop, by name: a reference of another's is as one that is
/// not there.</param>
/// <param name="Reference">iTop's reference, e.g. <c>R-000123</c>.</param>
public sealed record GroupLinkWanted(
    Heading Heading,
    SchoolTicket Ticket,
    string SchoolName,
    string Organisation,
    string Title,
    string Reference
) : Fact(Heading);

/// <summary>A person has said what the request is that bears a stopped link's id in iTop.</summary>
/// <param name="Reference">The group ticket's that it is from now on; null: the same as before.</param>
public sealed record GroupLinkSettled(Heading Heading, string? Reference) : Fact(Heading);

/// <summary>The request is outside the pilot; the school was given <paramref name="Reason"/> in plain French.</summary>
public sealed record TicketRejected(Heading Heading, SchoolTicket Ticket, string Title, string Reason) : Fact(Heading);

/// <summary>The request waits for a person of the C2IP (à orienter).</summary>
public sealed record TicketHeld(Heading Heading, SchoolTicket Ticket, string Title, string Reason) : Fact(Heading);

/// <summary>Something said of this ticket could not be decided; it waits for a person.</summary>
public sealed record TicketQuarantined(Heading Heading, string Reason) : Fact(Heading);

/// <summary>What the school's side wants done to the group ticket.</summary>
public enum GroupWish
{
    /// <summary>Add a text to the public log.</summary>
    Comment,

    /// <summary>Add a file.</summary>
    Attach,

    /// <summary>Add the answer and give the pending ticket back to its agent.</summary>
    Answer,

    /// <summary>Close: the school accepts the solution, closed its ticket, or was silent long enough.</summary>
    Close,

    /// <summary>Reopen: the school's support contests the solution.</summary>
    Reopen,

    /// <summary>Close with a sentence: the school took its request back.</summary>
    Withdraw,
}

/// <summary>Do this to the group ticket.</summary>
/// <param name="Wish">What.</param>
public sealed record GroupUpdateWanted(
    Heading Heading, GroupWish Wish, Author? Author = null, string? Text = null, FileClaim? File = null) : Fact(Heading);

/// <summary>Remind the team in iTop: a note in the private log, which stays there.</summary>
public sealed record GroupReminderWanted(Heading Heading, string Text) : Fact(Heading);

/// <summary>Nobody of the group moves this ticket although its team was reminded: the C2IP is told.</summary>
/// <param name="Kind"><c>untaken</c>: nobody took it; <c>silent</c>: whoever took it says nothing; <c>tto</c>,
/// <c>ttr</c>: a time agreed in iTop has passed.</param>
/// <param name="Since">Since when.</param>
public sealed record TicketWaits(Heading Heading, string Kind, DateTimeOffset Since) : Fact(Heading);

/// <summary>What the school is told. The name is the last part of the callback's type, in lower case
/// (<c>group.resolved</c>).</summary>
public enum SchoolNews
{
    /// <summary>The group ticket exists: its reference and URL.</summary>
    Referenced,

    /// <summary>An intervenant took it.</summary>
    Assigned,

    /// <summary>The group waits for the school's answer.</summary>
    Pending,

    /// <summary>The group chose another service or team.</summary>
    Requalified,

    /// <summary>The group wrote.</summary>
    Commented,

    /// <summary>The group added a file.</summary>
    Attached,

    /// <summary>The group proposes a solution; the school's support confirms or contests.</summary>
    Resolved,

    /// <summary>The group ticket is open again.</summary>
    Reopened,

    /// <summary>The group gives the ticket back: it is the school's again, never counted as solved.</summary>
    Returned,

    /// <summary>The group ticket is closed.</summary>
    Closed,

    /// <summary>The request waits to be placed by the C2IP.</summary>
    Held,

    /// <summary>The group does not take this request; the reason says why.</summary>
    Refused,
}

/// <summary>Tell the school this.</summary>
/// <param name="State">The group ticket's state: held, refused, open, assigned, pending, resolved, closed, returned.</param>
/// <param name="Audience">For whom; the school's channel puts it where that reader looks.</param>
public sealed record SchoolUpdateWanted(
    Heading Heading,
    SchoolNews News,
    Audience Audience,
    SchoolTicket Ticket,
    string State,
    string? Reference = null,
    string? Url = null,
    Author? Author = null,
    string? Text = null,
    string? Reason = null,
    string? Solution = null,
    FileClaim? File = null) : Fact(Heading);

/// <summary>The group opened a request for this school in iTop: the school's tool makes a ticket of its own of it, and
/// says so (<see cref="TicketLinked"/>). For the support.</summary>
/// <param name="Reference">iTop's reference, e.g. <c>R-000123</c>.</param>
/// <param name="Url">Where intervenants open it.</param>
/// <param name="Description">Plain text.</param>
public sealed record SchoolTicketWanted(Heading Heading, string Reference, string Url, string Title, string Description)
    : Fact(Heading);
