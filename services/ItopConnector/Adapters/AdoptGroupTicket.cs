using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Takes a request that somebody else opened as the group's side of a school ticket. It only reads, so it may
/// be repeated; a request is one school ticket's, or nobody's.</summary>
public sealed class AdoptGroupTicket(
    ItopClient itop,
    ItopNames names,
    ItopLinks links,
    ItopKey key,
    Func<Documents<GroupTicket>> documents
)
{
    public async Task<Answer> Call(GroupTicket ticket, ItopCall.Adopt call, CancellationToken ct) =>
        new Answer.Done(
            await Find(ticket, call.Reference, ct) switch
            {
                (null, var why) => new NotAdopted(call.Reference, why),
                ({ } read, _) => new Adopted(read, await Files(read.Id, ct)),
            }
        );

    /// <summary>Reads what a person says that a stopped link is of.</summary>
    public async Task<Answer> Call(GroupTicket ticket, ItopCall.Settle call, CancellationToken ct)
    {
        var (read, why) = call.Reference is { } reference
            ? await Find(ticket, reference, ct)
            : await Same(ticket, ct);
        return new Answer.Done(
            read is null
                ? new NotAdopted(call.Reference ?? ticket.Reference ?? "", why)
                : new Settled(read, await Files(read.Id, ct))
        );
    }

    /// <summary>What bears the id is this ticket's no longer, and is looked at once more as nobody's.</summary>
    public async Task<Answer> Call(GroupTicket ticket, ItopCall.LetGo call, CancellationToken ct)
    {
        // Unless it was given to this very ticket again.
        if (ticket.Has(call.ItopId) && !ticket.LeavesFree(call.ItopId))
            return new Answer.Done();
        await links.Release(call.ItopId, ticket.Asked!.Heading.TicketId, ct);
        return new Answer.Done(new LeftFree(call.ItopId));
    }

    async Task<(ItopRead? Read, string Why)> Same(GroupTicket ticket, CancellationToken ct) =>
        (await key.Read([ticket.ItopId!], ct)).SingleOrDefault() is { } read ? await Claim(read, ticket, ct) : (null, "unknown");

    async Task<(ItopRead? Read, string Why)> Find(GroupTicket ticket, string reference, CancellationToken ct)
    {
        var asked = ticket.Asked!;
        var organisation = await names.Organisation(asked.Organisation, ct);
        var oql = $"SELECT UserRequest WHERE ref = {ItopClient.Quote(reference)} AND org_id = {organisation}";
        var found = await key.With(isKeyed => itop.Get("UserRequest", oql, ReadFields.From(isKeyed), ct), ct);
        if (found is not [var one])
            return (null, "unknown");
        return await Claim(ReadFields.From(one), ticket, ct);
    }

    async Task<(ItopRead? Read, string Why)> Claim(ItopRead read, GroupTicket ticket, CancellationToken ct)
    {
        var own = ticket.Asked!.Heading.TicketId;
        return await links.Claim(read.Id, own, IsLeft, ct) == own ? (read, "") : (null, "taken");

        async Task<bool> IsLeft(Guid holder) =>
            await documents().Read(holder.ToString("N"), ct) is { } known && known.State.LeavesFree(read.Id);
    }

    async Task<IReadOnlyList<string>> Files(string id, CancellationToken ct) =>
        [.. (await itop.Get("Attachment", AttachFile.On(id), "id", ct)).Select(file => file.Key)];
}
