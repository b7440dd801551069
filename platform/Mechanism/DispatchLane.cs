using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Makes the call at the head of one lane: one attempt, from its claim to its saved answer.</summary>
public sealed partial class DispatchLane(
    IEnumerable<IDocuments> services,
    BusDispatcher bus,
    TimeProvider clock,
    ILogger<DispatchLane> logger
)
{
    readonly Dictionary<string, IDocuments> byService = services.ToDictionary(documents => documents.Name);

    /// <summary>Whether that document's service is open in this process.</summary>
    internal bool Knows(string key) => byService.ContainsKey(DocumentKey.Service(key));

    /// <summary>Never throws: what goes wrong is logged, and the call is still pending.</summary>
    /// <param name="claimed">The attempt that the document's last write claimed; null: it is claimed now.</param>
    internal async Task Run(
        Target target,
        (string Key, string Name) lane,
        Attempt? claimed,
        Worker worker,
        CancellationToken stopping
    )
    {
        if (!byService.TryGetValue(DocumentKey.Service(lane.Key), out var documents))
            return;
        var ticket = DocumentKey.Ticket(lane.Key);
        var started = Moment.Now(clock).Uptime;
        try
        {
            if (target.Name == Outbox.Bus)
            {
                if (target.Note(await bus.Call(documents, ticket, lane.Name, stopping), started))
                    await target.Keep(stopping);
            }
            else if (
                (claimed ?? await documents.Claim(ticket, lane.Name, target.Adapter.Deadline, stopping)) is { } attempt
            )
                await Call(target, documents, attempt, worker, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping: the call is still pending, and the lease makes the next process look first.
        }
        catch (Exception exception)
        {
            Log.CallFailed(logger, target.Name, Telemetry.Why(exception));
        }
    }

    async Task Call(Target target, IDocuments documents, Attempt attempt, Worker worker, CancellationToken stopping)
    {
        var adapter = target.Adapter;
        if (stopping.IsCancellationRequested || !await target.Turn(attempt))
        {
            await documents.Settle(
                attempt,
                new Answer.TryAgain("its turn did not come", Sent: false),
                TimeSpan.Zero,
                CancellationToken.None
            );
            return;
        }
        // From here on: waiting for its turn is no time of the target's, and what was answered meanwhile says nothing
        // of this call.
        using var span = Telemetry.Follow($"call {attempt.Call.Kind}", ActivityKind.Client, attempt.Call.Trace);
        var started = Moment.Now(clock).Uptime;
        Answer answer;
        bool isNews;
        try
        {
            answer = target.Weigh(await Ask(adapter, attempt, stopping), started);
            // Before the next has its turn: of a target that is down no more is asked.
            isNews = target.Note(answer, started);
        }
        finally
        {
            target.Over();
        }
        var took = Moment.Now(clock).Uptime - started;
        if (answer is Answer.Done)
            worker.Leave();
        // What a target that is down did not take waits for the target, not for a time of its own: once it is back, all is due.
        var retry = answer is Answer.TryAgain { TargetDown: true }
            ? TimeSpan.Zero
            : adapter.Retries.After(attempt.Number, Random.Shared.NextDouble());
        var settled = await documents.Settle(attempt, answer, retry, CancellationToken.None);
        if (isNews)
            await target.Keep(CancellationToken.None);
        span?.SetTag("answer", answer.GetType().Name);
        Telemetry.Attempted(target.Name, attempt.Call.Kind, answer, took);
        if (target.Name != Outbox.Clock)
            Log.Called(
                logger,
                target.Name,
                attempt.Call.Kind,
                attempt.Ticket,
                attempt.Number,
                answer.GetType().Name,
                Reason(answer),
                (int)took.TotalMilliseconds,
                !settled
            );
    }

    async Task<Answer> Ask(IAdapter adapter, Attempt attempt, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(adapter.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            return await adapter.Call(attempt, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new Answer.TryAgain(
                $"no answer within {adapter.Deadline.TotalSeconds:0} s",
                TargetDown: true,
                Cause: Cause.NoAnswer
            );
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return new Answer.TryAgain(Telemetry.WhereFrom(exception), Cause: Cause.Fault);
        }
    }

    static string? Reason(Answer answer) => answer switch
    {
        Answer.Refused refused => refused.Reason,
        Answer.TryAgain again => again.Reason,
        _ => null,
    };

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "called {Target} {Kind} ticket={Ticket} attempt={Attempt} answer={Answer} reason={Reason} ms={Ms} "
                + "late={Late}"
        )]
        public static partial void Called(
            ILogger logger,
            string target,
            string kind,
            string ticket,
            int attempt,
            string answer,
            string? reason,
            int ms,
            bool late
        );

        [LoggerMessage(Level = LogLevel.Error, Message = "calling {Target} failed: {Reason}; it is still pending")]
        public static partial void CallFailed(ILogger logger, string target, string reason);
    }
}
