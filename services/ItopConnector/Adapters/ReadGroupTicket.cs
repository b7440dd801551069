using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Reads group tickets by their ids.</summary>
static class ReadGroupTicket
{
    public static async Task<ItopRead> Read(ItopClient itop, string id, CancellationToken ct)
    {
        var found = await itop.Get("UserRequest", $"SELECT UserRequest WHERE id = {id}", ReadFields.Names, ct);
        return found.Count == 1 ? ReadFields.Of(found[0]) : throw new ItopException(ItopFault.NotThere, new Answer.Refused("the group ticket is no longer in iTop"));
    }

    /// <summary>That a ticket of ours was deleted; null: it is there, or nobody knows.</summary>
    public static async Task<GroupTicketGone?> Gone(ItopClient itop, GroupTicket ticket, CancellationToken ct) =>
        ticket is { ItopId: { } id, Asked: { } asked } && await IsDeleted(itop, id, asked.Organisation, ct) ? new GroupTicketGone(asked.Heading.TicketId, id) : null;

    /// <summary>Whether it is no longer there, and not only hidden: an account limited to some organisations does not see theirs either.</summary>
    public static async Task<bool> IsDeleted(ItopClient itop, string id, string organisation, CancellationToken ct) =>
        (await itop.Get("UserRequest", $"SELECT UserRequest WHERE id = {id}", "id", ct)).Count == 0
        && (await itop.Get("Organization", $"SELECT Organization WHERE name = {ItopClient.Quote(organisation)}", "id", ct)).Count == 1;

    /// <summary>Several in one call; those that are no longer there are left out.</summary>
    public static async Task<IEnumerable<ItopRead>> Read(ItopClient itop, IEnumerable<string> ids, CancellationToken ct, bool isKeyed = false) =>
        (await itop.Get("UserRequest", $"SELECT UserRequest WHERE id IN ({string.Join(',', ids)})", ReadFields.Of(isKeyed), ct)).Select(ReadFields.Of);
}
