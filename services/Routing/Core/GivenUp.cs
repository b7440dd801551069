using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Routing.Core;

/// <summary>A person gave an opening up: the link is closed and both sides are told. Anything else that is given up is
/// skipped alone.</summary>
public static class GivenUp
{
    /// <summary>Given up here, as it could not be decided.</summary>
    /// <param name="dropped">What was given up; null when it could not even be read.</param>
    public static Decided<Link> On(Link link, object? dropped, DateTimeOffset now) => dropped switch
    {
        TicketOpened opened when !link.IsLive => Handover(
            link with { Opened = opened },
            opened.Heading,
            opened.Handover.Ticket,
            now
        ),
        GroupTicketOpened said when link.Opened is not null && !(said.Generation > 0 && said.Generation < link.Generation) =>
            Opening(link, now),
        _ => link,
    };

    /// <summary>Given up where it was read: nothing is known of it but its number.</summary>
    internal static Decided<Link> Handover(Link link, Heading heading, SchoolTicket ticket, DateTimeOffset now)
    {
        if (link.IsLive)
            return link;
        var told = new SchoolUpdateWanted(
            heading with
            {
                OccurredAt = now,
            },
            SchoolNews.Refused,
            Audience.Support,
            ticket,
            "refused",
            null,
            null,
            Reason: Texts.GivenUp
        );
        // Whose it was is kept: what was said of it counts when it is handed over again, however long after.
        var opened = link.Opened ?? new TicketOpened(heading, new Handover(ticket, "", "", new Placement()));
        return Decided.Say(link with { Opened = opened, Stage = Stage.Refused, EndedAt = now }, told);
    }

    /// <summary>One that comes late is of an earlier group ticket, and says nothing of this one.</summary>
    internal static Decided<Link> Opening(Link link, OpeningGivenUp given, DateTimeOffset now) =>
        given.Heading.SourceId is { } source && source != $"given-up:{link.Generation}" ? link : Opening(link, now);

    /// <summary>Given up on its way into iTop, or when iTop answered: if the group ticket is there all the same, it is
    /// closed with a sentence.</summary>
    internal static Decided<Link> Opening(Link link, DateTimeOffset now)
    {
        if (!link.IsLive)
            return link;
        var ended = link with { Stage = Stage.Withdrawn, EndedAt = now };
        var close = new GroupUpdateWanted(
            SchoolUpdates.Heading(link.Opened!, now),
            GroupWish.Withdraw,
            Text: Texts.GivenUpInItop
        );
        return Decided.Say(ended, [close, SchoolUpdates.State(ended, SchoolNews.Refused, "refused", now, null, Texts.GivenUp)]);
    }
}
