using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Routing.Core;

/// <summary>
/// The group's clock on a ticket, which needs no SLA in iTop: nobody took it, or whoever took it is silent. First its
/// team is reminded, in iTop; after as long again the C2IP is told.
/// While the group waits for the school the clock stands still.
/// </summary>
static class Waiting
{
    /// <summary>The ticket went into iTop, or the group moved it: the clock begins anew.</summary>
    public static Link Moved(Link link, DateTimeOffset now) =>
        link with
        {
            MovedAt = now,
            Reminded = Reminded.Nobody,
            Waits = null,
        };

    /// <summary>When to look at the clock next.</summary>
    public static DateTimeOffset Due(Link link, DateTimeOffset since, Calendar calendar)
    {
        var time = new WorkingTime(calendar);
        return link.IsUntaken
            ? time.AddWorkingHours(since, TimeSpan.FromHours(calendar.UntakenRemindsAfter))
            : time.AddWorkingDays(since, calendar.SilenceRemindsAfter);
    }

    /// <summary>To look at the clock again then.</summary>
    public static Effect Look(Link link, DateTimeOffset at) =>
        new Effect.Remind("waiting", at, new GroupWaited(link.Opened!.Heading.TicketId, link.Generation));

    public static Decided<Link> On(Link link, GroupWaited waited, WhoIsWho who, DateTimeOffset now)
    {
        if (waited.Generation != link.Generation)
            return link;
        if (!link.IsLive)
            return link with { ClockStopped = true };
        if (link.Stage is Stage.Pending or Stage.Proposed)
            return new(link, [Look(link, Due(link, now, who.Calendar))]);
        if (Due(link, link.MovedAt, who.Calendar) is var due && due > now)
            return new(link, [Look(link, due)]);
        return Remind(link, who.Calendar, now).And(Look(link, Due(link, now, who.Calendar)));
    }

    /// <summary>A time agreed in iTop has passed.</summary>
    public static Decided<Link> OnDeadline(Link link, DeadlineMissed missed, DateTimeOffset now) =>
        Tell(link, missed.Which, missed.Heading.OccurredAt, now);

    static Decided<Link> Remind(Link link, Calendar calendar, DateTimeOffset now) => link.Reminded switch
    {
        Reminded.Nobody => Decided.Say(
            link with
            {
                Reminded = Reminded.Team,
            },
            new GroupReminderWanted(
                SchoolUpdates.Heading(link.Opened!, now),
                link.IsUntaken
                    ? Texts.Untaken(calendar.UntakenRemindsAfter)
                    : Texts.Silent(calendar.SilenceRemindsAfter)
            )
        ),
        Reminded.Team => Tell(
            link with
            {
                Reminded = Reminded.C2ip,
            },
            link.IsUntaken ? "untaken" : "silent",
            link.MovedAt,
            now
        ),
        _ => link,
    };

    static Decided<Link> Tell(Link link, string kind, DateTimeOffset since, DateTimeOffset now) =>
        Decided.Say(
            link with
            {
                Waits = new Wait(kind, since),
            },
            new TicketWaits(SchoolUpdates.Heading(link.Opened!, now), kind, since)
        );
}
