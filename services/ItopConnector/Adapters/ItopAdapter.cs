using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Pays what is owed to iTop, one call in words of ours at a time.</summary>
public sealed class ItopAdapter(ItopActions actions, ItopOptions options, Func<Documents<GroupTicket>> documents, AfterRestore restore, TimeProvider clock) : IAdapter
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
    public bool OnlyOneInstance => true;

    /// <inheritdoc/>
    public RetrySchedule Retries => RetrySchedule.Itop;

    /// <inheritdoc/>
    public async Task<Answer> Pay(Attempt attempt, CancellationToken ct)
    {
        if (!restore.MayWrite(clock.GetUtcNow()))
            return new Answer.TryAgain("a backup was put back: what changed in iTop since is read first", Sent: false, TargetDown: true);
        var ticket = (await documents().Read(attempt.Ticket, ct))!.State;
        if (ticket is { GivenUp: true, ItopId: null })
            return new Answer.Done();
        try
        {
            return Calls.Read(attempt.Debt) switch
            {
                ItopCall.Create create => await actions.Open.Pay(attempt, create.Asked, ct),
                ItopCall.Write write => await actions.Write.Pay(attempt, ticket, write, ct),
                ItopCall.Attach attach => await actions.Attach.Pay(attempt, ticket, attach, ct),
                ItopCall.Fetch fetch => await actions.Attach.Fetch(ticket, fetch, ct),
                _ => await Read(ticket, ct),
            };
        }
        catch (ItopException exception)
        {
            return exception.Answer;
        }
    }

    async Task<Answer> Read(GroupTicket ticket, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        var read = await ReadGroupTicket.Read(actions.Itop, ticket.ItopId!, ct);
        return new Answer.Done(new TicketRead(ticket.Asked!.Heading.TicketId, read, began));
    }
}

/// <summary>What can be done in iTop.</summary>
public sealed record ItopActions(ItopClient Itop, OpenGroupTicket Open, WriteToGroupTicket Write, AttachFile Attach);
