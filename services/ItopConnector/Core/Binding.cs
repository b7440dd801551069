using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>Whether what bears a link's id is what the link was made with. Only contradiction stops: people tidy
/// titles, organisations are renamed, modules come and go.</summary>
public static class Binding
{
    /// <summary>What contradicts the link, in the words of <see cref="LinkStopped"/>; null: nothing does.</summary>
    public static string? Contradiction(GroupTicket ticket, ItopRead read, ReadingRules rules)
    {
        var bound = ticket.Bound;
        if (Marker.KeyIn(read.Bears) is { } key && key != Marker.KeyOf(ticket.Asked!) && key != bound?.Key && rules.Knows(key))
            return "key";
        if (Differ(bound?.Organisation, read.OrganisationId))
            return "organisation";
        return Differ(bound?.Started, read.Started) ? "started" : null;
    }

    /// <summary>Whether it is the request that was asked for, by its key or its reference: which count only in the
    /// organisation it was asked for.</summary>
    public static bool IsAsked(ItopRead read, Asked asked, string? reference = null) =>
        (Marker.IsOn(read, asked) || read.Reference == reference) && Words.Same(read.Organisation, asked.Organisation);

    /// <summary>Nothing crosses from here on, in either direction, until a person says what it is.</summary>
    public static Decided<GroupTicket> Stop(GroupTicket ticket, string why, DateTimeOffset now) => Decided.Say(
        ticket with { Stopped = why },
        new LinkStopped(ticket.Heading(now, $"link-stopped-{ticket.ItopId}-{now:yyyyMMddHHmmss}"), ticket.Reference, why));

    /// <summary>What bears an id of a link that is over, or of an earlier generation, is another's by now: it is let go
    /// of, and nobody is asked. Null: it is not so.</summary>
    public static Decided<GroupTicket>? LetGo(GroupTicket ticket, ItopRead read, ReadingRules rules)
    {
        if (read.Id == ticket.ItopId && ticket.IsOver && Contradiction(ticket, read, rules) is not null)
            return (ticket with { Gone = true, ItopId = null }).Calling(new ItopCall.LetGo(read.Id));
        foreach (var (generation, _) in ticket.Former.Where(one => one.Value == read.Id))
        {
            if (Contradiction(ticket.AsOf(generation)!, read, rules) is not null)
                return ticket.WithoutFormer(generation).Calling(new ItopCall.LetGo(read.Id));
        }
        return null;
    }

    /// <summary>A person said what it is: from now on the link is bound to that, and what it shows is told.</summary>
    public static Decided<GroupTicket> Settled(GroupTicket ticket, Settled settled, ReadingRules rules, DateTimeOffset now)
    {
        var read = settled.Read;
        var again = ticket with { ItopId = read.Id, Reference = read.Reference, Bound = Bound.From(read), Stopped = null };
        Fact said = read.Id == ticket.ItopId
            ? new LinkResumed(ticket.Heading(now, $"link-resumed-{now:yyyyMMddHHmmss}"))
            : Readings.OpenedFact(ticket, read, rules, now);
        var diffed = Diff.Compare(again, read, rules.ReturnTeam, now);
        var free = ticket.ItopId is { } before && before != read.Id ? new ItopCall.LetGo(before) : null;
        return Decided.Say(diffed.State, [said, .. diffed.Says]).And(free is null ? [] : [free.ToEffect()]);
    }

    static bool Differ(string? known, string? read) =>
        !string.IsNullOrEmpty(known) && !string.IsNullOrEmpty(read) && known != read;
}
