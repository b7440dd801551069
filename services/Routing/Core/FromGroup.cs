using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Routing.Core;

/// <summary>What the group said: the link's stage, and what the school is told of it.</summary>
static class FromGroup
{
    public static Decided<Link> On(Link link, Fact fact, WhoIsWho who, DateTimeOffset now)
    {
        if (link.Opened is null || IsOfAnEarlierOne(link, fact))
            return link;
        if (fact is DeadlineMissed missed)
            return Waiting.OnDeadline(link, missed, now);
        if (fact is LinkStopped stopped)
            return Stopping.On(link, stopped, now);
        if (fact is GroupUpdateNotTaken untaken)
            return link.IsLive ? Decided.Say(link, SchoolUpdates.Note(link, untaken, Texts.NotTaken(untaken), now)) : link;
        link = Waiting.Moved(link, now);
        return fact switch
        {
            GroupTicketOpened opened => Referenced(link, opened, now),
            LinkResumed said => Stopping.On(link, said, now),
            GroupCommented said => Decided.Say(
                link,
                SchoolUpdates.Text(link, fact, SchoolNews.Commented, who) with
                {
                    Author = said.Author,
                    Text = said.Text,
                }
            ),
            GroupAttached said => Decided.Say(
                link,
                SchoolUpdates.Text(link, fact, SchoolNews.Attached, who) with
                {
                    File = said.File,
                }
            ),
            _ when link.Stage is Stage.Withdrawn => Ended(link, fact),
            TicketAssigned => Moved(link, fact, Stage.Assigned, SchoolNews.Assigned, "assigned", who, now),
            TicketPending said => Moved(link, fact, Stage.Pending, SchoolNews.Pending, "pending", who, now, said.Reason),
            TicketRequalified said => Decided.Say(
                link,
                SchoolUpdates.State(link, SchoolNews.Requalified, SchoolUpdates.StateOf(link), now, said, Place(said))
            ),
            ReturnedToSchool said => Returned(link, said, now),
            TicketResolved said => Proposed(link, said, who, now),
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
                who,
                now
            ),
            ApprovalMoved said => Decided.Say(
                link,
                SchoolUpdates.Note(link, said, said.State == "approved" ? Texts.Approved : Texts.WaitsForApproval, now)
            ),
            TicketClosed said => Closed(link, said, who, now),
            _ => link,
        };
    }

    /// <summary>Whether it says what became of an earlier group ticket, while the next one waits for triage or is not
    /// opened yet. Its words cross, as any others.</summary>
    static bool IsOfAnEarlierOne(Link link, Fact fact) => fact switch
    {
        GroupTicketOpened opened => opened.Generation > 0 && opened.Generation < link.Generation,
        GroupCommented or GroupAttached or GroupUpdateNotTaken => false,
        _ => link.Stage is Stage.Held || link is { IsUntaken: true, Generation: > 1, Url: null },
    };

    static Decided<Link> Referenced(Link link, GroupTicketOpened opened, DateTimeOffset now)
    {
        var known = link with
        {
            Stage = link.Stage is Stage.Pairing ? Stage.Open : link.Stage,
            Stopped = null,
            Reference = opened.Reference,
            Url = opened.Url,
        };
        return Decided.Say(known, SchoolUpdates.State(known, SchoolNews.Referenced, SchoolUpdates.StateOf(known), now, opened));
    }

    static Decided<Link> Moved(
        Link link,
        Fact fact,
        Stage stage,
        SchoolNews news,
        string state,
        WhoIsWho who,
        DateTimeOffset now,
        string? reason = null
    )
    {
        var moved = Live(link, stage);
        return Goes(link, Decided.Say(moved, SchoolUpdates.State(moved, news, state, now, fact, reason)), who, now);
    }

    static Decided<Link> Proposed(Link link, TicketResolved said, WhoIsWho who, DateTimeOffset now)
    {
        var proposed = Live(link, Stage.Proposed) with { ProposedAt = said.Heading.OccurredAt, Contested = false };
        var told = SchoolUpdates.Text(proposed, said, SchoolNews.Resolved, who) with { Solution = said.Solution };
        var calendar = who.Find(said.Heading.School) is { } school ? who.Calendar.For(school) : who.Calendar;
        var until = new WorkingTime(calendar).AddWorkingDays(said.Heading.OccurredAt, calendar.SilenceClosesAfter);
        return Goes(link, Decided.Say(proposed, told).And(Closure.Silence(proposed, until)), who, now);
    }

    // Also one that was returned or closed, and that the group took back.
    static Link Live(Link link, Stage stage) =>
        link with
        {
            Stage = stage,
            EndedAt = null,
            ClockStopped = false,
            IsTombstone = false,
        };

    // The group's clock, if it was looked at while nothing was left to wait for.
    static Decided<Link> Goes(Link before, Decided<Link> now, WhoIsWho who, DateTimeOffset at) =>
        before.ClockStopped ? now.And(Waiting.Look(now.State, Waiting.Due(now.State, at, who.Calendar))) : now;

    static Decided<Link> Returned(Link link, ReturnedToSchool said, DateTimeOffset now)
    {
        var returned = link with { Stage = Stage.Returned, EndedAt = now };
        return Decided.Say(returned, SchoolUpdates.State(returned, SchoolNews.Returned, "returned", now, said, said.Reason));
    }

    static Decided<Link> Closed(Link link, TicketClosed said, WhoIsWho who, DateTimeOffset now)
    {
        var closed = link with { Stage = Stage.Closed, EndedAt = now, ProposedAt = null };
        // The school contested while iTop closed: nobody is left to reopen it there, so it goes on as a new group ticket.
        return link.Contested && said.How is not "deleted"
            ? Opening.Again(closed, said, who, now)
            : Decided.Say(closed, SchoolUpdates.State(closed, SchoolNews.Closed, "closed", now, said, Texts.ClosedAs(said.How)));
    }

    static Decided<Link> Ended(Link link, Fact fact) => fact is TicketClosed ? link with { Stage = Stage.Closed } : link;

    static string Place(TicketRequalified said) =>
        string.Join(" > ", new[] { said.Service, said.SousService, said.Team }.Where(part => part is not null));
}
