using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Routing.Core;

/// <summary>From a handover to a group ticket: placed, to be qualified, held for triage, or politely refused.</summary>
static class Opening
{
    public static Decided<Link> OnHandover(Link link, TicketOpened opened, WhoIsWho who, DateTimeOffset now)
    {
        if (link is { IsLive: true, AwaitsHandover: true })
            return Pairing.OnHandover(link, opened);
        if (link.Stage is not (Stage.Unheard or Stage.Returned or Stage.Withdrawn or Stage.Refused or Stage.Closed))
            return link;
        var fresh = link with { Opened = opened, AwaitsHandover = false, Stage = Stage.Unheard, EndedAt = null };
        return Place(fresh, opened.Handover.Placement, opened.Heading.School, who, now);
    }

    public static Decided<Link> OnTriage(Link link, TriageDecided decided, WhoIsWho who, DateTimeOffset now)
    {
        if (link.Stage != Stage.Held)
            return link;
        return decided.Refusal is { } refusal
            ? Refuse(link, refusal, now)
            : Place(link, decided.Placement ?? new Placement(), link.Opened!.Heading.School, who, now);
    }

    /// <summary>A new group ticket for a school ticket whose last one is closed.</summary>
    public static Decided<Link> Again(Link link, Fact cause, WhoIsWho who, DateTimeOffset now)
    {
        var live = link with { EndedAt = null };
        // The place of one that the group opened is not a route of ours: a person chooses.
        return link.Route is { } route ? Escalate(live, route, who, now) : Hold(live, cause, now, Texts.PlaceUnknown);
    }

    static Decided<Link> Place(Link link, Placement placement, string slug, WhoIsWho who, DateTimeOffset now)
    {
        if (who.Find(slug) is not { } school)
            return Refuse(link, Texts.SchoolOutsidePilot, now);
        var ask = new RouteAsk(
            slug,
            placement.Brique,
            placement.Service,
            placement.SousService,
            placement.Category,
            placement.Queue
        );
        var route = Registry.Routing.Match(who.Catalogue, school, ask);
        return route.Precision switch
        {
            Precision.OutsidePilot => Refuse(
                link,
                school.Pilot ? Texts.BriqueOutsidePilot(route.Brique ?? placement.Brique) : Texts.SchoolOutsidePilot,
                now
            ),
            Precision.Unknown => Hold(link, link.Opened!, now, Texts.BriqueUnknown),
            _ => Escalate(link, Route(route, link.Opened!.Handover), who, now),
        };
    }

    static Decided<Link> Escalate(Link link, GroupRoute route, WhoIsWho who, DateTimeOffset now)
    {
        var (heading, handover) = link.Opened!;
        var school = who.Find(heading.School)!;
        var asked = Asked(link, route, null, now);
        var escalated = new TicketEscalated(
            SchoolUpdates.Heading(link.Opened!, now),
            handover with { Ticket = handover.Ticket with { Generation = asked.Generation } },
            school.Name,
            school.Organisation,
            school.Caller is Party.Requester ? handover.Requester?.Email ?? school.SupportContact : school.SupportContact,
            route,
            link.Reference,
            school.SupportContact);
        return Decided.Say(asked, escalated).And(Waiting.Look(asked, Waiting.Due(asked, now, who.Calendar)));
    }

    /// <summary>The link as its next group ticket begins: one to be created, or one that has a reference already and
    /// its place in iTop.</summary>
    public static Link Asked(Link link, GroupRoute? route, string? reference, DateTimeOffset now) => Waiting.Moved(link, now) with
    {
        Stage = Stage.Open,
        Route = route,
        Generation = link.Generation + 1,
        Reference = reference,
        Url = null,
        ProposedAt = null,
        Contested = false,
        Stopped = null,
        ClockStopped = false,
        EndsIfRefused = false,
    };

    public static Decided<Link> Hold(Link link, Fact cause, DateTimeOffset now, string reason)
    {
        var opened = link.Opened!;
        return Decided.Say(
            link with { Stage = Stage.Held, HeldAt = now },
            new TicketHeld(SchoolUpdates.Heading(opened, now), opened.Handover.Ticket, opened.Handover.Title, reason),
            SchoolUpdates.State(link, SchoolNews.Held, "held", now, cause, reason));
    }

    public static Decided<Link> Refuse(Link link, string reason, DateTimeOffset now)
    {
        var opened = link.Opened!;
        return Decided.Say(
            link with { Stage = Stage.Refused, EndedAt = now },
            new TicketRejected(SchoolUpdates.Heading(opened, now), opened.Handover.Ticket, opened.Handover.Title, reason),
            SchoolUpdates.State(link, SchoolNews.Refused, "refused", now, opened, reason));
    }

    static GroupRoute Route(Route route, Handover handover) => new(
        route.Brique!,
        route.Service!,
        route.SousService!,
        route.Team!,
        route.RequestType is RequestType.ServiceRequest ? "service_request" : "incident",
        route.Urgency ?? handover.Urgency);
}
