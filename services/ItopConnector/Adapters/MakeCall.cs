using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Makes a call for the ticket it was decided for, as long as that is what bears its id in iTop.</summary>
public sealed class MakeCall(
    OpenGroupTicket open,
    AdoptGroupTicket adopt,
    BoundRequest bound,
    CallOnTicket onTicket,
    Func<Documents<GroupTicket>> documents
)
{
    /// <summary>Makes it. Of whatever it shows of the ticket, the solution is what its parent says, where it points to
    /// one.</summary>
    public async Task<Answer> Make(Attempt attempt, CancellationToken ct) =>
        await Made(attempt, ct) is var answer && (answer as Answer.Done)?.Result is { } result
            ? new Answer.Done(await Followed(result, ct))
            : answer;

    async Task<object> Followed(object result, CancellationToken ct) => result switch
    {
        ItopRead opened => await bound.FollowedIfShown(opened, ct),
        Written written => written with { Read = await bound.FollowedIfShown(written.Read, ct) },
        Adopted adopted => adopted with { Read = await bound.FollowedIfShown(adopted.Read, ct) },
        Settled settled => settled with { Read = await bound.FollowedIfShown(settled.Read, ct) },
        _ => result,
    };

    async Task<Answer> Made(Attempt attempt, CancellationToken ct)
    {
        var call = Calls.Read(attempt.Call);
        var ticket = (await documents().Read(attempt.Ticket, ct))!.State;
        if (call is ItopCall.Create { Generation: var one })
            return await open.Call(attempt, ticket.Creations[one], ct, one == ticket.Generation ? ticket.ItopId : null);
        if (call is ItopCall.Settle settle)
            return ticket.Stopped is null ? new Answer.Done() : await adopt.Call(ticket, settle, ct);
        if (call is ItopCall.LetGo free)
            return await adopt.Call(ticket, free, ct);
        if (ticket.Stopped is not null)
            return new Answer.Refused(
                "what bears its id in iTop is not what the link was made with: a person says first what it is (GET "
                + "/v1/links/stopped)",
                new FoundStopped()
            );
        var generation = ticket.GenerationOf(call);
        if (ticket.IsGivenUp(generation))
            return new Answer.Done(new Carried());
        if (generation != ticket.Generation && ticket.IdOf(generation) is null)
            return new Answer.Done(new NotTaken());
        try
        {
            return await onTicket.Make(attempt, call, await bound.Bind(ticket, ct), ct);
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.Duplicate && ticket.ItopId is not null)
        {
            // Until a twin gives our key up, our module's rule lets neither of them be saved.
            await open.Settle(ticket, ct);
            return new Answer.TryAgain("another request in iTop bore its key", TimeSpan.FromSeconds(1), Sent: false);
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.NotThere)
        {
            if (ticket.AsOf(generation) is { } former)
                return await IsNoMore(former, ct) ? new Answer.Done(new NotTaken()) : exception.Answer;
            if (await bound.Contradicts(ticket, ct) is { } foreign)
                return new Answer.Refused(
                    "what bears its id in iTop is not what the link was made with: a person says what it is (GET "
                    + "/v1/links/stopped)",
                    foreign
                );
            return await bound.Gone(ticket, ct) is { } gone ? new Answer.Done(gone) : exception.Answer;
        }
    }

    // Of an earlier group ticket nobody is asked: it is over.
    async Task<bool> IsNoMore(GroupTicket former, CancellationToken ct) =>
        await bound.Contradicts(former, ct) is not null || await bound.Gone(former, ct) is not null;
}
