using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Reads group tickets by their ids.</summary>
static class ReadGroupTicket
{
    /// <param name="bound">What it must be besides its id; null: whatever bears the id.</param>
    public static async Task<ItopRead> Read(ItopClient itop, string id, CancellationToken ct, Bound? bound = null)
    {
        var found = await itop.Get("UserRequest", Bound.Query(id, bound), ReadFields.Names, ct);
        return found.Count == 1
            ? Unasked(found[0])
            : throw new ItopException(ItopFault.NotThere, new Answer.Refused("the group ticket is no longer in iTop"));
    }

    /// <summary>That a ticket of ours was deleted; null: it is there, or nobody knows.</summary>
    public static async Task<GroupTicketGone?> Gone(ItopClient itop, GroupTicket ticket, CancellationToken ct)
    {
        if (ticket is not { ItopId: { } id, Asked: { } asked })
            return null;
        // An organisation may have another name by now.
        var organisation = ticket.Bound?.Organisation is { } known ? $"id = {known}" : Named(asked.Organisation);
        return await IsGone(itop, id, organisation, ct) ? new GroupTicketGone(asked.Heading.TicketId, id) : null;
    }

    /// <summary>Whether it is no longer there, and not only hidden: an account limited to some organisations does not
    /// see theirs either.</summary>
    public static Task<bool> IsDeleted(ItopClient itop, string id, string organisation, CancellationToken ct) =>
        IsGone(itop, id, Named(organisation), ct);

    /// <summary>Several in one call; those that are no longer there are left out.</summary>
    /// <param name="isKeyed">Whether iTop has our module; null: nobody looks for our key.</param>
    public static async Task<IEnumerable<ItopRead>> Read(
        ItopClient itop,
        IEnumerable<string> ids,
        CancellationToken ct,
        bool? isKeyed = null
    )
    {
        var found = await itop.Get(
            "UserRequest",
            $"SELECT UserRequest WHERE id IN ({string.Join(',', ids)})",
            ReadFields.From(isKeyed is true),
            ct
        );
        return found.Select(one => isKeyed is null ? Unasked(one) : ReadFields.From(one));
    }

    static async Task<bool> IsGone(ItopClient itop, string id, string organisation, CancellationToken ct) =>
        (await itop.Get("UserRequest", Bound.Query(id, null), "id", ct)).Count == 0
        && (await itop.Get("Organization", $"SELECT Organization WHERE {organisation}", "id", ct)).Count == 1;

    static string Named(string organisation) => $"name = {ItopClient.Quote(organisation)}";

    static ItopRead Unasked(ItopObject found) => ReadFields.From(found) with { IsKeyUnasked = true };
}
