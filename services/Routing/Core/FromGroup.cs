using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Routing.Core;

/// <summary>What the group said: the link's stage, and what the school is told of it.</summary>
static class FromGroup
{
    public static Decided<Link> On(Link link, Fact fact, WhoIsWho who, DateTimeOffset now)
    {
        if (link.Opened is null)
            return link;
        if (fact is DeadlineMissed missed)
            return Waiting.OnDeadline(link, missed, now);
        if (fact is LinkStopped stopped)
            return Stopping.On(link, stopped, now);
        link = Waiting.Moved(link, now);
        return fact switch
        {
            GroupTicketOpened opened => Referenced(link, opened, now),
            LinkResumed said => Stopping.On(link, said, now),
            GroupCommented said => Decided.Say(
                link,
                Told.Text(link, fact, SchoolNews.Commented, who) with
                {
                    Author = said.Author,
                    Text = said.Text,
                }
            ),
            GroupAttached said => Decided.Say(link, Told.Text(link, fact, SchoolNews.Attached, who) with { File = said.File }),
            _ when link.Stage is Stage.Withdrawn => Ended(link, fact),
            TicketAssigned => Moved(link, fact, Stage.Assigned, SchoolNews.Assigned, "assigned", now),
            TicketPending said => Moved(link, fact, Stage.Pending, SchoolNews.Pending, "pending", now, said.Reason),
            TicketRequalified said => Decided.Say(
                link,
                Told.State(link, SchoolNews.Requalified, Told.StateOf(link), now, said, Place(said))
            ),
            ReturnedToSchool said => Returned(link, said, now),
            TicketResolved said => Proposed(link, said, who),
            TicketReopened => Moved(
                link with
                {
                    Contested = false,
                    ProposedAt = null,
                },
                fact,
                Stage.Assigned,
                SchoolNews.Reopened,
                "assigned",
                now
            ),
            ApprovalMoved said => Decided.Say(
                link,
                Told.Note(link, said, said.State == "approved" ? Words.Approved : Words.WaitsForApproval, now)
            ),
            TicketClosed said => Closed(link, said, who, now),
            _ => link,
        };
    }

    static Decided<Link> Referenced(Link link, GroupTicketOpened opened, DateTimeOffset now)
    {
        var known = link with { Stopped = null, Reference = opened.Reference, Url = opened.Url };
        return Decided.Say(known, Told.State(known, SchoolNews.Referenced, Told.StateOf(known), now, opened));
    }

    static Decided<Link> Moved(
        Link link,
        Fact fact,
        Stage stage,
        SchoolNews news,
        string state,
        DateTimeOffset now,
        string? reason = null
    )
    {
        var moved = link with { Stage = stage };
        return Decided.Say(moved, Told.State(moved, news, state, now, fact, reason));
    }

    static Decided<Link> Proposed(Link link, TicketResolved said, WhoIsWho who)
    {
        var proposed = link with { Stage = Stage.Proposed, ProposedAt = said.Heading.OccurredAt, Contested = false };
        var told = Told.Text(proposed, said, SchoolNews.Resolved, who) with { Solution = said.Solution };
        var calendar = who.Of(said.Heading.School) is { } school ? who.Calendar.For(school) : who.Calendar;
        var until = new WorkingTime(calendar).AddWorkingDays(said.Heading.OccurredAt, calendar.SilenceClosesAfter);
        return Decided.Say(proposed, told).And(Closure.Silence(proposed, until));
    }

    static Decided<Link> Returned(Link link, ReturnedToSchool said, DateTimeOffset now)
    {
        var returned = link with { Stage = Stage.Returned, EndedAt = now };
        return Decided.Say(returned, Told.State(returned, SchoolNews.Returned, "returned", now, said, said.Reason));
    }

    static Decided<Link> Closed(Link link, TicketClosed said, WhoIsWho who, DateTimeOffset now)
    {
        var closed = link with { Stage = Stage.Closed, EndedAt = now, ProposedAt = null };
        // The school contested while iTop closed: nobody is left to reopen it there, so it goes on as a new group ticket.
        return link.Contested && said.How is not "deleted"
            ? Opening.Again(closed, said, who, now)
            : Decided.Say(closed, Told.State(closed, SchoolNews.Closed, "closed", now, said, Words.ClosedAs(said.How)));
    }

    static Decided<Link> Ended(Link link, Fact fact) => fact is TicketClosed ? link with { Stage = Stage.Closed } : link;

    static string Place(TicketRequalified said) =>
        string.Join(" > ", new[] { said.Service, said.SousService, said.Team }.Where(part => part is not null));
}
