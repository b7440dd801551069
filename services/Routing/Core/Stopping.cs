using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Routing.Core;

/// <summary>A link whose id in iTop was found on another request: the school's support is told once, and a person says
/// what becomes of it.</summary>
static class Stopping
{
    /// <summary>Told once, however often a person's answer does not help.</summary>
    public static Decided<Link> On(Link link, LinkStopped said, DateTimeOffset now)
    {
        var stopped = link with { Stopped = new LinkStop(said.Why, link.Stopped?.Since ?? now) };
        return link.Stopped is null && link.IsLive
            ? Decided.Say(stopped, SchoolUpdates.Note(stopped, said, Texts.LinkStopped, now))
            : stopped;
    }

    public static Decided<Link> On(Link link, LinkResumed said, DateTimeOffset now)
    {
        var resumed = link with { Stopped = null };
        return link.Stopped is not null && link.IsLive
            ? Decided.Say(resumed, SchoolUpdates.Note(resumed, said, Texts.LinkResumed, now))
            : resumed;
    }

    /// <summary>A person's answer. The reference of what is another's by now is not quoted in the new request.</summary>
    public static Decided<Link> On(Link link, StoppedLinkSettled said, WhoIsWho who, DateTimeOffset now)
    {
        if (link is not { Stopped: not null, Opened: { } opened })
            return link;
        if (said.How != "anew")
            return Decided.Say(link, new GroupLinkSettled(SchoolUpdates.Heading(opened, now), said.Reference));
        var free = link with { Stopped = null };
        // Of one that ended meanwhile, or waits for triage, a person has nothing opened here.
        return link.IsLive ? Opening.Again(free with { Reference = null }, said, who, now) : free;
    }
}
