using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>A group ticket that somebody opened in iTop: found for its school, and made one pair with a school ticket.</summary>
public static class Pairing
{
    /// <summary>It is to become the pair of a school ticket.</summary>
    public static Decided<GroupTicket> On(GroupTicket ticket, GroupLinkWanted wanted) =>
        Upsert.Fresh(ticket, Asked.From(wanted)) is { } fresh
            ? (fresh with { Reference = wanted.Reference }).Calling([
                new ItopCall.Adopt(wanted.Reference, wanted.Ticket.Generation),
                .. Upsert.LetGo(ticket),
            ])
            : ticket;

    /// <summary>Whether people opened it, not we.</summary>
    public static bool IsTakenOver(GroupTicket ticket) => ticket.Asked is { Route: null };

    /// <summary>It is not to be had: what is still pending to it is not written anywhere.</summary>
    public static Decided<GroupTicket> Refused(GroupTicket ticket, NotAdopted refused, DateTimeOffset now) =>
        ticket.ItopId is not null
            ? ticket
            : Decided.Say(
                ticket with
                {
                    GivenUp = true,
                    ClosedAt = now,
                },
                new LinkRefused(ticket.Heading(now, $"link-refused-{ticket.Generation}"), refused.Reference, refused.Why)
            );

    /// <summary>Somebody opened it in iTop for a school: said once.</summary>
    public static Decided<GroupTicket> Found(GroupTicket ticket, RequestFound found, ReadingRules rules, DateTimeOffset now)
    {
        if (ticket.FoundAt is not null)
            return ticket;
        var heading = new Heading(found.TicketId, found.School, now, $"itop-{found.ItopId}-found");
        return Decided.Say(
            ticket with
            {
                FoundAt = now,
            },
            new GroupTicketFound(heading, found.Reference, rules.Url(found.ItopId), found.ItopId, found.Title, found.Description)
        );
    }
}

/// <summary>A request in iTop that nobody linked to a school ticket, of a school that wants its own of such.</summary>
public sealed record RequestFound(
    Guid TicketId,
    string School,
    string ItopId,
    string Reference,
    string Title,
    string Description
);

/// <summary>The group ticket asked for is ours now.</summary>
/// <param name="Files">iTop's ids of the files it bears already.</param>
public sealed record Adopted(ItopRead Read, IReadOnlyList<string> Files);

/// <summary>The group ticket asked for is not to be had.</summary>
/// <param name="Why">As the fact says it.</param>
public sealed record NotAdopted(string Reference, string Why);
