using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Routing;

/// <summary>The documents of Routing: one link per ticket.</summary>
sealed class LinkDecider(WhoIsWho who) : IDecider<Link>
{
    public const string Triage = "triage";

    /// <summary>What nobody of the group moves.</summary>
    public const string Waiting = "waiting";

    /// <summary>Links through which nothing crosses until a person says what the request in iTop is.</summary>
    public const string Stopped = "stopped";

    static readonly Counter<long> routed = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.routed",
        "{ticket}",
        "Decisions on where a ticket goes."
    );

    // Both sides may repeat themselves that long after the end.
    static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(30);

    public string Name => "routing";

    // 2: a pairing is a stage, and that words are to follow is said.
    public int Schema => 2;

    public Link Empty => Link.Unheard;

    public Decided<Link> Decide(Link link, object message, DateTimeOffset now) => Core.Decide.On(link, message, who, now);

    public Decided<Link> Skipped(Link link, object? dropped, DateTimeOffset now) => GivenUp.On(link, dropped, now);

    public IReadOnlyList<Effect> Quarantined(Link link, object? message, string reason, DateTimeOffset now) =>
        ((message as Fact)?.Heading ?? link.Opened?.Heading) is { } heading
            ? [new Effect.Say(new TicketQuarantined(new Heading(heading.TicketId, heading.School, now), reason))]
            : [];

    public string? Owner(Link link, object? message) =>
        ((message as Fact)?.Heading ?? link.Opened?.Heading)?.School;

    public void Took(object cause, Decided<Link> decided, DateTimeOffset now)
    {
        foreach (var said in decided.Says)
        {
            if (Decision(said) is { } decision)
                routed.Add(
                    1,
                    new("school", ((Fact)said).Heading.School),
                    new("brique", Brique(said, decided.State)),
                    new("decision", decision)
                );
        }
    }

    public string? Shelf(Link link) =>
        link.Stage is Stage.Held ? Triage
        : link.Stopped is not null ? Stopped
        : link is { IsLive: true, Waits: not null } ? Waiting
        : null;

    /// <summary>Before, a pair was an opening without a route, and one without a description had words to follow.</summary>
    public JsonObject Upcast(int schema, JsonObject document)
    {
        if (document["state"] is not JsonObject state || state["opened"] is not { } opened)
            return document;
        if ((string?)state["stage"] == "open" && state["route"] is null && state["url"] is null)
            state["stage"] = "pairing";
        state["awaitsHandover"] = (string?)opened["description"] == "" && state["route"] is null;
        return document;
    }

    public DateTimeOffset? Expires(Link link) => link.IsLive ? null : link.EndedAt + KeptAfterEnd;

    public Link? Tombstone(Link link, DateTimeOffset now) =>
        link.Opened is { } opened && who.Find(opened.Heading.School) is not null ? link.Tombstone() : null;

    static string? Decision(object said) => said switch
    {
        TicketEscalated => "escalated",
        GroupLinkWanted => "linked",
        TicketHeld => "held",
        TicketRejected => "rejected",
        _ => null,
    };

    // By the catalogue's own names: what a school writes is no label.
    string Brique(object said, Link link) =>
        (said as TicketEscalated)?.Route.Brique
        ?? who.Catalogue.Find(link.Opened?.Handover.Placement?.Brique)?.Name
        ?? "unknown";
}
