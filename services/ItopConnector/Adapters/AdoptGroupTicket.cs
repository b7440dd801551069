using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Takes a request that somebody else opened as the group's side of a school ticket. It only reads, so it may
/// be repeated; a request is one school ticket's, or nobody's.</summary>
public sealed class AdoptGroupTicket(ItopClient itop, ItopNames names, ItopLinks links, ItopKey key)
{
    public async Task<Answer> Pay(GroupTicket ticket, ItopCall.Adopt call, CancellationToken ct) =>
        new Answer.Done(
            await Find(ticket, call.Reference, ct) switch
            {
                (null, var why) => new NotAdopted(call.Reference, why),
                ({ } read, _) => new Adopted(read, await Files(read.Id, ct)),
            }
        );

    /// <summary>Reads what a person says that a stopped link is of.</summary>
    public async Task<Answer> Pay(GroupTicket ticket, ItopCall.Settle call, CancellationToken ct)
    {
        var (read, why) = call.Reference is { } reference
            ? await Find(ticket, reference, ct)
            : (await Same(ticket, ct), "unknown");
        return new Answer.Done(
            read is null
                ? new NotAdopted(call.Reference ?? ticket.Reference ?? "", why)
                : new Settled(read, await Files(read.Id, ct))
        );
    }

    async Task<ItopRead?> Same(GroupTicket ticket, CancellationToken ct)
    {
        var read = (await key.Read([ticket.ItopId!], ct)).SingleOrDefault();
        if (read is not null)
            await links.Keep(read.Id, ticket.Asked!.Heading.TicketId, ct);
        return read;
    }

    async Task<(ItopRead? Read, string Why)> Find(GroupTicket ticket, string reference, CancellationToken ct)
    {
        var asked = ticket.Asked!;
        var organisation = await names.Organisation(asked.Organisation, ct);
        var oql = $"SELECT UserRequest WHERE ref = {ItopClient.Quote(reference)} AND org_id = {organisation}";
        var found = await key.With(isKeyed => itop.Get("UserRequest", oql, ReadFields.Of(isKeyed), ct), ct);
        if (found is not [var one])
            return (null, "unknown");
        var read = ReadFields.Of(one);
        return await links.Claim(read.Id, asked.Heading.TicketId, ct) == asked.Heading.TicketId ? (read, "") : (null, "taken");
    }

    async Task<IReadOnlyList<string>> Files(string id, CancellationToken ct) =>
        [.. (await itop.Get("Attachment", AttachFile.On(id), "id", ct)).Select(file => file.Key)];
}
