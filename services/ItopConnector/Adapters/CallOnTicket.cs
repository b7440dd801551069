using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Makes a call on a ticket that is there.</summary>
public sealed class CallOnTicket(
    OpenGroupTicket open,
    AdoptGroupTicket adopt,
    WriteToGroupTicket write,
    AttachFile files,
    BoundRequest bound,
    TimeProvider clock
)
{
    public async Task<Answer> Make(Attempt attempt, ItopCall call, GroupTicket ticket, CancellationToken ct) =>
        (ticket, call) switch
        {
            ({ Gone: true } or { GivenUp: true, ItopId: null }, _) => new Answer.Done(),
            (_, ItopCall.Twins) => await Settle(ticket, ct),
            (_, ItopCall.Adopt wanted) => await adopt.Call(ticket, wanted, ct),
            (_, ItopCall.Write wish) => await write.Call(attempt, ticket, wish, ct),
            (_, ItopCall.Remind remind) => await write.Remind(attempt, ticket, remind, ct),
            (_, ItopCall.Attach attach) => await files.Call(attempt, ticket, attach, ct),
            // Opened anew meanwhile: its creation shows it.
            ({ ItopId: null }, ItopCall.Read) => new Answer.Done(),
            (_, ItopCall.Fetch fetch) => await files.Fetch(ticket, fetch, ct),
            _ => await Read(ticket, ct),
        };

    async Task<Answer> Settle(GroupTicket ticket, CancellationToken ct)
    {
        await open.Settle(ticket, ct);
        return new Answer.Done();
    }

    async Task<Answer> Read(GroupTicket ticket, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        return new Answer.Done(new TicketRead(ticket.Asked!.Heading.TicketId, await bound.Read(ticket.ItopId!, ct), began));
    }
}
