using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Routing;

/// <summary>The documents of Routing: one link per ticket.</summary>
sealed class LinkRoom(WhoIsWho who) : IRoom<Link>
{
    public const string Triage = "triage";

    // Both sides may repeat themselves that long after the end.
    static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(30);

    public string Name => "routing";

    public Link Empty => Link.Unheard;

    public Decided<Link> Decide(Link link, object message, DateTimeOffset now)
    {
        var decision = Core.Decide.On(link, message, who, now);
        var effects = decision.Facts.Select(Effect (fact) => new Effect.Say(fact)).ToList();
        if (decision.SilenceUntil is { } until && decision.Link.ProposedAt is { } proposed)
            effects.Add(new Effect.Remind($"silence-{proposed.ToUnixTimeMilliseconds()}", until, new SilencePassed(decision.Link.Opened!.Heading.TicketId, proposed)));
        return new(decision.Link, effects);
    }

    public string? Shelf(Link link) => link.Stage is Stage.Held ? Triage : null;

    public DateTimeOffset? Expires(Link link) => link.EndedAt + KeptAfterEnd;
}
