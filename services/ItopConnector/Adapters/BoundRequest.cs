using System.Text.Json;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Looks whether what bears a link's id is what the link was made with, before anything is written into it.</summary>
public sealed class BoundRequest(ItopClient itop, ItopKey key, ParentSolutions solutions, ReadingRules rules)
{
    /// <summary>The request of that id, with what its solution points to.</summary>
    public async Task<ItopRead> Read(string id, CancellationToken ct) =>
        await solutions.Followed(await ReadGroupTicket.Read(itop, id, ct), ct);

    /// <summary>That it was deleted; null: it is there, or nobody knows.</summary>
    public Task<GroupTicketGone?> Gone(GroupTicket ticket, CancellationToken ct) => ReadGroupTicket.Gone(itop, ticket, ct);

    /// <summary>One that was just written, with what its solution points to: done is done, whatever becomes of the
    /// parent's reading.</summary>
    public async Task<ItopRead> FollowedIfShown(ItopRead written, CancellationToken ct)
    {
        try
        {
            return await solutions.Followed(written, ct);
        }
        catch (Exception exception)
            when (exception is ItopException or JsonException or InvalidOperationException
                or KeyNotFoundException or FormatException)
        {
            return Pointer.Followed(written, null, rules.Group);
        }
    }

    /// <summary>A link of a release that knew of no binding takes its own before its first write.</summary>
    /// <exception cref="ItopException">It is another ticket's; or iTop did not say.</exception>
    public async Task<GroupTicket> Bind(GroupTicket ticket, CancellationToken ct)
    {
        if (ticket is not { ItopId: { } id, Bound: null })
            return ticket;
        if (await Look(id, ct) is not { } read || Binding.Contradiction(ticket, read, rules) is not null)
            throw new ItopException(ItopFault.NotThere, new Answer.Refused("the group ticket is no longer in iTop"));
        return ticket with { Bound = Bound.From(read) };
    }

    /// <summary>What bears the id and contradicts the link; null: nothing bears it, or it is the link's own.</summary>
    public async Task<Foreign?> Contradicts(GroupTicket ticket, CancellationToken ct) =>
        ticket.ItopId is { } id && await Look(id, ct) is { } read && Binding.Contradiction(ticket, read, rules) is { } why
            ? new Foreign(why, id, ticket.Bound)
            : null;

    /// <summary>The request as it is now.</summary>
    /// <exception cref="ItopException">It is not what the link is bound to; or iTop did not say.</exception>
    public static async Task Expect(ItopClient itop, string id, Bound? bound, CancellationToken ct)
    {
        if ((await itop.Get("UserRequest", Bound.Query(id, bound), "id", ct)).Count != 1)
            throw new ItopException(ItopFault.NotThere, new Answer.Refused("the group ticket is no longer in iTop"));
    }

    async Task<ItopRead?> Look(string id, CancellationToken ct) =>
        (await key.Read([id], ct)).SingleOrDefault();
}
