using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Pays what is owed to iTop, one call in words of ours at a time.</summary>
public sealed class ItopAdapter(ItopActions actions, ItopPoll poll, ItopOptions options, Func<Documents<GroupTicket>> documents, TimeProvider clock) : IAdapter
{
    /// <summary>The group's iTop, as a target.</summary>
    public const string Target = "itop";

    /// <inheritdoc/>
    public string Targets => Target;

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
            return new Answer.TryAgain("a backup was put back: what changed in iTop since is read first", Sent: false, TargetDown: true);
        try
        {
            var answer = await Make(attempt, ct);
            if (ShownBy(answer) is { } read)
                poll.Answered(read, clock.GetUtcNow());
            return answer;
        }
        catch (ItopException exception)
        {
            return exception.Answer;
        }
    }

    async Task<Answer> Make(Attempt attempt, CancellationToken ct)
    {
        var call = Calls.Read(attempt.Debt);
        if (call is ItopCall.Create create)
            return await actions.Open.Pay(attempt, create.Asked, ct);
        var ticket = await Known(attempt, ct);
        try
        {
            return await Make(attempt, call, ticket, ct);
        }
        catch (ItopException exception) when (exception.Fault is ItopFault.NotThere)
        {
            return await ReadGroupTicket.Gone(actions.Itop, ticket, ct) is { } gone ? new Answer.Done(gone) : exception.Answer;
        }
    }

    async Task<Answer> Make(Attempt attempt, ItopCall call, GroupTicket ticket, CancellationToken ct) => (ticket, call) switch
    {
        ({ Gone: true } or { GivenUp: true, ItopId: null }, _) => new Answer.Done(),
        (_, ItopCall.Adopt adopt) => await actions.Adopt.Pay(ticket, adopt, ct),
        (_, ItopCall.Write write) => await actions.Write.Pay(attempt, ticket, write, ct),
        (_, ItopCall.Remind remind) => await actions.Write.Remind(attempt, ticket, remind, ct),
        (_, ItopCall.Attach attach) => await actions.Attach.Pay(attempt, ticket, attach, ct),
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
        var read = await ReadGroupTicket.Read(actions.Itop, ticket.ItopId!, ct);
        return new Answer.Done(new TicketRead(ticket.Asked!.Heading.TicketId, read, began));
    }
}

/// <summary>What can be done in iTop.</summary>
public sealed record ItopActions(ItopClient Itop, OpenGroupTicket Open, AdoptGroupTicket Adopt, WriteToGroupTicket Write, AttachFile Attach);
