using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>How a service takes what is said, whichever bus brings it.</summary>
static partial class Taking
{
    static readonly Counter<long> skipped = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.skipped",
        "{message}",
        "Messages that a listener missed and passed over, since their speaker no longer has them."
    );

    public static Task Take(
        this IDocuments documents,
        object message,
        IMessages messages,
        IBus bus,
        ILogger logger,
        CancellationToken ct
    ) =>
        message switch
        {
            Missing missing => messages.SpeakerOf(missing.Stream) == documents.Name
                ? missing.SaidAgain(documents, messages, bus, ct)
                : Task.CompletedTask,
            Forgotten forgotten => documents.PassOver(forgotten, logger, ct),
            SayAgain wanted => documents.SayAgain(null, wanted.Since, LastMessages.Asked, messages, bus, ct),
            Operate wanted => wanted.Service == documents.Name ? wanted.Do(documents, logger, ct) : Task.CompletedTask,
            _ => documents.Hear(message, ct),
        };

    static async Task SaidAgain(this Missing missing, IDocuments speaker, IMessages messages, IBus bus, CancellationToken ct)
    {
        var again = await speaker.Again(missing.Ticket, missing.Stream, missing.From, ct);
        foreach (var said in again.Messages)
            await bus.Publish(messages.Unwait(said), ct);
        if (again.Forgot(missing) is { } forgotten)
            await bus.Publish(forgotten, ct);
    }

    static async Task PassOver(this IDocuments listener, Forgotten forgotten, ILogger logger, CancellationToken ct)
    {
        if (await listener.PassOver(forgotten, ct) is not (> 0 and var count))
            return;
        skipped.Add(count, new("module", listener.Name), new("stream", forgotten.Stream));
        Log.PassedOver(logger, listener.Name, forgotten.Stream, forgotten.Ticket, count, forgotten.From);
    }

    // Wanted twice, or brought twice, it changes nothing more.
    static async Task Do(this Operate wanted, IDocuments documents, ILogger logger, CancellationToken ct)
    {
        var (service, ticket, lane, act) = wanted;
        try
        {
            var done = act switch
            {
                OperatorAct.Retry => await documents.Retry(ticket, lane, ct),
                OperatorAct.Skip => await documents.Skip(ticket, lane, wanted.Means, ct),
                _ => await documents.Release(ticket, ct),
            };
            Log.Done(logger, act, service, ticket, lane, done);
        }
        catch (Exception exception) when (exception is not (StoreUnavailableException or OperationCanceledException))
        {
            // Asked again it would fare alike: what is pending stands as it stood, and the person sees it.
            Log.Failed(logger, act, service, ticket, lane, Telemetry.WhereFrom(exception));
        }
    }

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "an operator had {Act} done: {Service} ticket={Ticket} {Lane} changed={Changed}"
        )]
        public static partial void Done(
            ILogger logger,
            OperatorAct act,
            string service,
            string ticket,
            string lane,
            bool changed
        );

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "{Service} passes over {Count} messages of {Stream} ticket={Ticket} from number {From} on: their "
                + "speaker no longer has them"
        )]
        public static partial void PassedOver(
            ILogger logger,
            string service,
            string stream,
            string ticket,
            long count,
            long from
        );

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Act} wanted by an operator failed: {Service} ticket={Ticket} {Lane}: {Reason}"
        )]
        public static partial void Failed(
            ILogger logger,
            OperatorAct act,
            string service,
            string ticket,
            string lane,
            string reason
        );
    }
}
