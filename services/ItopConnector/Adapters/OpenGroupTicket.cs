using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Creates the group ticket, once: after any doubt it looks for our key first.</summary>
public sealed class OpenGroupTicket(
    CreateGroupTicket create,
    FindGroupTicket find,
    ItopLinks links,
    AttachFile attach,
    TimeProvider clock
)
{
    public async Task<Answer> Call(Attempt attempt, TicketEscalated asked, CancellationToken ct, string? told = null)
    {
        if (attempt.InDoubt is not null)
        {
            var found = await find.Find(Asked.From(asked), told, ct);
            var rest = attempt.Unsettled(clock.GetUtcNow());
            if (found is not null)
                return await Opened(found, asked, rest, ct);
            if (rest > TimeSpan.Zero)
                return ItopAnswers.InDoubt("creating it", rest);
        }
        return await Opened(await Create(asked, ct), asked, TimeSpan.Zero, ct);
    }

    /// <summary>Another request bears the key of this ticket's own: one is kept.</summary>
    public Task Settle(GroupTicket ticket, CancellationToken ct) => find.Find(ticket.Asked!, ticket.ItopId, ct);

    /// <summary>Our module's rule refuses a key that is there already: then one was created that nobody of us heard of.</summary>
    async Task<ItopRead> Create(TicketEscalated asked, CancellationToken ct)
    {
        try
        {
            return await create.Create(asked, ct);
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.Duplicate)
        {
            if (await find.Find(Asked.From(asked), null, ct) is { } found)
                return found;
            throw;
        }
    }

    /// <summary>The link goes by iTop's id from here on: a title may be edited, and not every school's id can be read
    /// back from a key.</summary>
    async Task<Answer> Opened(ItopRead read, TicketEscalated asked, TimeSpan unsettled, CancellationToken ct)
    {
        var note = links.Keeping(read.Id, asked.Heading.TicketId);
        if (Description.Text(asked, read.Key is not null) is { } whole)
            read = read with
            {
                Whole = await attach.Text(read.Id, asked.Organisation, (Description.FileName, whole), unsettled, ct),
            };
        return new Answer.Done(read) { Note = note };
    }
}
