using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Routing.Core;

/// <summary>A school ticket and a group ticket that was there first become a pair; and a request the group opened
/// reaches the school's tool.</summary>
static class Pairing
{
    /// <summary>Asked for by the school's support or by the C2IP. What the school ticket said before goes along.</summary>
    public static Decided<Link> On(Link link, TicketLinked said, WhoIsWho who, DateTimeOffset now)
    {
        if (link.IsLive)
            return link.Reference == said.Reference
                ? link
                : Decided.Say(link, SchoolUpdates.Note(link, said, Texts.AlreadyPaired(said.Reference), now));
        var fresh = link.Stage is Stage.Held
            ? link
            : link with
            {
                Opened = new(said.Heading, new Handover(said.Ticket, said.Title, said.Text ?? "", new Placement())),
                AwaitsHandover = string.IsNullOrEmpty(said.Text),
                EndedAt = null,
            };
        return who.Find(said.Heading.School) is { Pilot: true } school
            ? Pair(fresh, said.Reference, school, who, now)
            : Opening.Refuse(fresh, Texts.SchoolOutsidePilot, now);
    }

    /// <summary>The handover of a ticket that was paired before it: its words go to the group ticket that is there.</summary>
    public static Decided<Link> OnHandover(Link link, TicketOpened opened)
    {
        var known = link with { Opened = opened, AwaitsHandover = false };
        return Decided.Say(known, Carried(known, opened.Heading));
    }

    /// <summary>There is no such group ticket for it. What had been handed over goes back to the C2IP.</summary>
    public static Decided<Link> OnRefused(Link link, LinkRefused refused, DateTimeOffset now)
    {
        // One that comes late is of an earlier pairing.
        if (link.Stage is not Stage.Pairing || refused.Reference != link.Reference)
            return link;
        var alone = link with { Stage = Stage.Refused, Reference = null, EndedAt = now };
        return link.AwaitsHandover || link.EndsIfRefused
            ? Decided.Say(
                alone,
                SchoolUpdates.State(alone, SchoolNews.Refused, "refused", now, refused, Texts.NotPaired(refused))
            )
            : Opening.Hold(alone with { EndedAt = null }, refused, now, Texts.NotPaired(refused));
    }

    /// <summary>The group opened it for a school: its tool makes a ticket of its own of it, if the school's file wants
    /// that.</summary>
    public static Decided<Link> OnFound(Link link, GroupTicketFound found, WhoIsWho who, DateTimeOffset now) =>
        link.Reference is not null || who.Find(found.Heading.School) is not { Pilot: true, MirrorFrom: not null }
            ? link
            : Decided.Say(
                link with { Reference = found.Reference, Url = found.Url, EndedAt = now },
                new SchoolTicketWanted(found.Heading, found.Reference, found.Url, found.Title, found.Description ?? ""));

    static Decided<Link> Pair(Link link, string reference, Registry.School school, WhoIsWho who, DateTimeOffset now)
    {
        var opened = link.Opened!;
        var asked = Opening.Asked(link, null, reference, now) with { Stage = Stage.Pairing };
        var wanted = new GroupLinkWanted(
            SchoolUpdates.Heading(opened, now),
            opened.Handover.Ticket with
            {
                Generation = asked.Generation,
            },
            school.Name,
            school.Organisation,
            opened.Handover.Title,
            reference
        );
        return Decided
            .Say(asked, [wanted, .. Carried(asked, wanted.Heading)])
            .And(Waiting.Look(asked, Waiting.Due(asked, now, who.Calendar)));
    }

    /// <summary>A handed-over ticket's words and files, as comments on a group ticket that has words of its own.</summary>
    static IEnumerable<GroupUpdateWanted> Carried(Link link, Heading heading)
    {
        var (at, handover) = (link.Opened!.Heading.OccurredAt, link.Opened.Handover);
        if (handover.Description.Length > 0)
            yield return Comment(at, new Author(Role.Requester, handover.Requester?.Name), handover.Description);
        if (handover.Summary is { Length: > 0 } summary)
            yield return Comment(at, new Author(Role.Support), summary);
        foreach (var comment in handover.Comments ?? [])
            yield return Comment(comment.At, comment.Author, comment.Text);
        foreach (var file in handover.Files ?? [])
            yield return new GroupUpdateWanted(heading, GroupWish.Attach, File: file);

        GroupUpdateWanted Comment(DateTimeOffset at, Author author, string text) =>
            new(heading with { OccurredAt = at, SourceId = null }, GroupWish.Comment, author, text);
    }
}
