using MassTransit;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Where a room does, on RabbitMQ, what a person wants of its documents.</summary>
/// <typeparam name="TDocuments">Whose documents.</typeparam>
public sealed class DoOperate<TDocuments>(TDocuments documents, ILogger<DoOperate<TDocuments>> logger) : IConsumer<Operate>
    where TDocuments : IDocuments
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<Operate> context) => context.Message.Room == documents.Name
        ? context.Message.Do(documents, logger, context.CancellationToken)
        : Task.CompletedTask;
}

/// <summary>How what a person wants is done. Wanted twice it changes nothing more.</summary>
static partial class Operating
{
    public static async Task Do(this Operate wanted, IDocuments documents, ILogger logger, CancellationToken ct)
    {
        var (room, ticket, lane, act) = wanted;
        try
        {
            var done = act switch
            {
                OperatorAct.Retry => await documents.Retry(ticket, lane, ct),
                OperatorAct.GiveUp => await documents.GiveUp(ticket, lane, ct),
                _ => await documents.Release(ticket, ct),
            };
            Log.Done(logger, act, room, ticket, lane, done);
        }
        catch (Exception exception) when (exception is not (StoreUnavailableException or OperationCanceledException))
        {
            // Asked again it would fare alike: the debt stands as it stood, and the person sees it.
            Log.Failed(logger, act, room, ticket, lane, Telemetry.WhereFrom(exception));
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "an operator had {Act} done: {Room} ticket={Ticket} {Lane} changed={Changed}")]
        public static partial void Done(ILogger logger, OperatorAct act, string room, string ticket, string lane, bool changed);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Act} wanted by an operator failed: {Room} ticket={Ticket} {Lane}: {Reason}")]
        public static partial void Failed(ILogger logger, OperatorAct act, string room, string ticket, string lane, string reason);
    }
}
