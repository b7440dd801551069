using GroupTicketing.Contracts;
using GroupTicketing.Registry;

namespace GroupTicketing.Routing.Core;

/// <summary>What the school is told, and for whom it is.</summary>
static class SchoolUpdates
{
    /// <summary>A state, a refusal, a deadline: never for the requester.</summary>
    /// <param name="cause">The fact it follows from; what is told again of the same is told under the same id.</param>
    public static SchoolUpdateWanted State(
        Link link,
        SchoolNews news,
        string state,
        DateTimeOffset now,
        Fact? cause,
        string? reason = null
    ) =>
        new(
            Heading(link.Opened!, now) with
            {
                SourceId = cause?.Heading.SourceId is { } source ? $"{source}/{news}" : null,
            },
            news,
            Audience.Support,
            Ticket(link),
            state,
            link.Reference,
            link.Url,
            Reason: reason
        );

    /// <summary>A text of the group: for the support, unless the school's file chose the requester.</summary>
    public static SchoolUpdateWanted Text(Link link, Fact fact, SchoolNews news, WhoIsWho who)
    {
        var audience =
            who.Find(fact.Heading.School)?.Callback?.Audience is Party.Requester ? Audience.Requester : Audience.Support;
        return new(fact.Heading, news, audience, Ticket(link), StateOf(link), link.Reference, link.Url);
    }

    /// <summary>A sentence of ours, for the support.</summary>
    public static SchoolUpdateWanted Note(Link link, Fact cause, string text, DateTimeOffset now) =>
        State(link, SchoolNews.Commented, StateOf(link), now, cause) with { Author = new Author(Role.Group), Text = text };

    /// <summary>The heading of something decided here, now.</summary>
    public static Heading Heading(TicketOpened opened, DateTimeOffset now) =>
        new(opened.Heading.TicketId, opened.Heading.School, now);

    public static string StateOf(Link link) => link.Stage switch
    {
        Stage.Held => "held",
        Stage.Refused => "refused",
        Stage.Assigned => "assigned",
        Stage.Pending => "pending",
        Stage.Proposed => "resolved",
        Stage.Returned => "returned",
        Stage.Closed or Stage.Withdrawn => "closed",
        _ => "open",
    };

    static SchoolTicket Ticket(Link link) => link.Opened!.Handover.Ticket with { Generation = Math.Max(1, link.Generation) };
}
