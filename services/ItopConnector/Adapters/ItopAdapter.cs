using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Pays what is owed to iTop, one call in words of ours at a time.</summary>
public sealed class ItopAdapter(
    ItopActions actions,
    ItopPoll poll,
    ItopOptions options,
    Func<Documents<GroupTicket>> documents,
    TimeProvider clock
) : IAdapter
{
    /// <inheritdoc/>
    public string Targets => ItopCall.Target;

    /// <inheritdoc/>
    public TimeSpan Deadline => options.Deadline;

    /// <inheritdoc/>
    public int AtOnce => options.Writers;

    /// <inheritdoc/>
    public int Ahead => 2;

    /// <inheritdoc/>
    public bool OnlyOneInstance => true;

    /// <inheritdoc/>
    public RetrySchedule Retries => RetrySchedule.Itop;

    /// <inheritdoc/>
    public async Task<Answer> Pay(Attempt attempt, CancellationToken ct)
    {
        if (!poll.Restore.MayWrite(clock.GetUtcNow()))
            return new Answer.TryAgain(
                "a backup was put back: what changed in iTop since is read first",
                Sent: false,
                TargetDown: true
            );
        try
        {
            var answer = await Make(attempt, ct);
            if (ShownBy(answer) is { } read)
                poll.Answered(read, clock.GetUtcNow());
            return answer;
        }
        catch (ItopException exception)
            when (exception.Fault is ItopFault.Failed or ItopFault.NotRest && exception.Answer is Answer.TryAgain again)
        {
            return again with { TargetDown = !await Answers(ct) };
        }
        catch (ItopException exception)
        {
            return exception.Answer;
        }
    }

    // A page of PHP's, or half an answer, may be this one request's: then nobody else's waits for it.
    async Task<bool> Answers(CancellationToken ct)
    {
        try
        {
            await actions.Bound.Itop.Nothing(ct);
            return true;
        }
        catch (ItopException)
        {
            return false;
        }
    }

    async Task<Answer> Make(Attempt attempt, CancellationToken ct)
    {
        var call = Calls.Read(attempt.Debt);
        if (call is ItopCall.Create create)
            return await actions.Open.Pay(attempt, create.Asked, ct, await Told(attempt, create, ct));
        var ticket = await Known(attempt, ct);
        if (call is ItopCall.Settle settle)
            return ticket.Stopped is null ? new Answer.Done() : await actions.Adopt.Pay(ticket, settle, ct);
        if (ticket.Stopped is not null)
            return new Answer.Refused(
                "what bears its id in iTop is not what the link was made with: a person says first what it is (GET "
                + "/v1/links/stopped)",
                new FoundStopped()
            );
        if (GenerationOf(call) is { } generation && ticket.IsGivenUp(generation))
            return new Answer.Done(new Carried());
        try
        {
            return await Make(attempt, call, await actions.Bound.Bind(ticket, ct), ct);
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.Duplicate && ticket.ItopId is not null)
        {
            // Until a twin gives our key up, our module's rule lets neither of them be saved.
            await actions.Open.Settle(ticket, ct);
            return new Answer.TryAgain("another request in iTop bore its key", TimeSpan.FromSeconds(1), Sent: false);
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.NotThere)
        {
            if (await actions.Bound.Contradicts(ticket, ct) is { } foreign)
                return new Answer.Refused(
                    "what bears its id in iTop is not what the link was made with: a person says what it is (GET "
                    + "/v1/links/stopped)",
                    foreign
                );
            return await ReadGroupTicket.Gone(actions.Bound.Itop, ticket, ct) is { } gone
                ? new Answer.Done(gone)
                : exception.Answer;
        }
    }

    async Task<string?> Told(Attempt attempt, ItopCall.Create create, CancellationToken ct) =>
        attempt.InDoubt is not null
        && await documents().Read(attempt.Ticket, ct) is { State: var ticket }
        && ticket.Generation == create.Asked.Ticket.Generation
            ? ticket.ItopId
            : null;

    async Task<Answer> Followed(Answer answer, CancellationToken ct) =>
        answer is Answer.Done { Result: Written written }
            ? new Answer.Done(written with { Read = await actions.Bound.FollowedIfShown(written.Read, ct) })
            : answer;

    async Task<Answer> Settle(GroupTicket ticket, CancellationToken ct)
    {
        await actions.Open.Settle(ticket, ct);
        return new Answer.Done();
    }

    static int? GenerationOf(ItopCall call) => call switch
    {
        ItopCall.Write write => write.Generation,
        ItopCall.Remind remind => remind.Generation,
        ItopCall.Attach attach => attach.Generation,
        _ => null,
    };

    async Task<Answer> Make(Attempt attempt, ItopCall call, GroupTicket ticket, CancellationToken ct) => (ticket, call) switch
    {
        ({ Gone: true } or { GivenUp: true, ItopId: null }, _) => new Answer.Done(),
        (_, ItopCall.Twins) => await Settle(ticket, ct),
        (_, ItopCall.Adopt adopt) => await actions.Adopt.Pay(ticket, adopt, ct),
        (_, ItopCall.Write write) => await Followed(await actions.Write.Pay(attempt, ticket, write, ct), ct),
        (_, ItopCall.Remind remind) => await actions.Write.Remind(attempt, ticket, remind, ct),
        (_, ItopCall.Attach attach) => await actions.Attach.Pay(attempt, ticket, attach, ct),
        // Opened anew meanwhile: its creation shows it.
        ({ ItopId: null }, ItopCall.Read) => new Answer.Done(),
        (_, ItopCall.Fetch fetch) => await actions.Attach.Fetch(ticket, fetch, ct),
        _ => await Read(ticket, ct),
    };

    static ItopRead? ShownBy(Answer answer) => (answer as Answer.Done)?.Result switch
    {
        ItopRead created => created,
        Written written => written.Read,
        _ => null,
    };

    async Task<GroupTicket> Known(Attempt attempt, CancellationToken ct) => (await documents().Read(attempt.Ticket, ct))!.State;

    async Task<Answer> Read(GroupTicket ticket, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        var read = await actions.Bound.Followed(await ReadGroupTicket.Read(actions.Bound.Itop, ticket.ItopId!, ct), ct);
        return new Answer.Done(new TicketRead(ticket.Asked!.Heading.TicketId, read, began));
    }
}
