using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Does what is pending for iTop, one call in words of ours at a time, while iTop may be written to.</summary>
public sealed class ItopAdapter(MakeCall calls, ItopPoll poll, ItopClient itop, ItopOptions options, TimeProvider clock)
    : IAdapter
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
    public async Task<Answer> Call(Attempt attempt, CancellationToken ct)
    {
        if (!poll.Restore.MayWrite(clock.GetUtcNow()))
            return new Answer.TryAgain(
                "a backup was put back: what changed in iTop since is read first",
                Sent: false,
                TargetDown: true
            );
        try
        {
            var answer = await calls.Make(attempt, ct);
            if (ShownBy(answer) is { } read)
                poll.Answered(read, clock.GetUtcNow());
            if ((answer as Answer.Done)?.Result is LeftFree { ItopId: var id })
                poll.LookAt(id, clock.GetUtcNow());
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
            await itop.Nothing(ct);
            return true;
        }
        catch (ItopException)
        {
            return false;
        }
    }

    static ItopRead? ShownBy(Answer answer) => (answer as Answer.Done)?.Result switch
    {
        ItopRead created => created,
        Written written => written.Read,
        _ => null,
    };
}
