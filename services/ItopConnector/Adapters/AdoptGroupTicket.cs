using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Takes a request that somebody else opened as the group's side of a school ticket. It only reads, so it may be repeated; a request is one school ticket's, or nobody's.</summary>
public sealed class AdoptGroupTicket(ItopClient itop, ItopNames names, ItopLinks links)
{
    public async Task<Answer> Pay(GroupTicket ticket, ItopCall.Adopt call, CancellationToken ct)
    {
        var asked = ticket.Asked!;
        var organisation = await names.Organisation(asked.Organisation, ct);
        var found = await itop.Get("UserRequest", $"SELECT UserRequest WHERE ref = {ItopClient.Quote(call.Reference)} AND org_id = {organisation}", ReadFields.Names, ct);
        if (found is not [var one])
            return new Answer.Done(new NotAdopted(call.Reference, "unknown"));
        var read = ReadFields.Of(one);
        if (await links.Claim(read.Id, asked.Heading.TicketId, ct) != asked.Heading.TicketId)
            return new Answer.Done(new NotAdopted(call.Reference, "taken"));
        var files = await itop.Get("Attachment", AttachFile.On(read.Id), "id", ct);
        return new Answer.Done(new Adopted(read, [.. files.Select(file => file.Key)]));
    }
}
