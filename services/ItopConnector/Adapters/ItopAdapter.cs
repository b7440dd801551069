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
    public bool OnlyOneInstance => true;

    /// <inheritdoc/>
    public RetrySchedule Retries => RetrySchedule.Itop;

    /// <inheritdoc/>
    public async Task<Answer> Pay(Attempt attempt, CancellationToken ct)
    {
        try
        {
            var answer = await Make(attempt, ct);
            if (answer is Answer.Done { Result: ItopRead read })
                poll.Answered(read, clock.GetUtcNow());
            return answer;
        }
        catch (ItopException exception)
        {
            return exception.Answer;
        }
    }

    async Task<Answer> Make(Attempt attempt, CancellationToken ct) => Calls.Read(attempt.Debt) switch
    {
        ItopCall.Create create => await actions.Open.Pay(attempt, create.Asked, ct),
        ItopCall.Write write => await actions.Write.Pay(attempt, await Known(attempt, ct), write, ct),
        ItopCall.Attach attach => await actions.Attach.Pay(attempt, await Known(attempt, ct), attach, ct),
        ItopCall.Fetch fetch => await actions.Attach.Fetch(await Known(attempt, ct), fetch, ct),
        _ => await Read(await Known(attempt, ct), ct),
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
public sealed record ItopActions(ItopClient Itop, OpenGroupTicket Open, WriteToGroupTicket Write, AttachFile Attach);
