using MassTransit;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Where a room does what a person wants of its documents. Said twice it changes nothing more.</summary>
/// <typeparam name="TDocuments">Whose documents.</typeparam>
public sealed partial class DoOperate<TDocuments>(TDocuments documents, ILogger<DoOperate<TDocuments>> logger) : IConsumer<Operate>
    where TDocuments : IDocuments
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<Operate> context)
    {
        var (room, ticket, lane, act) = context.Message;
        if (room != documents.Name)
            return;
        try
        {
            var done = act switch
            {
                OperatorAct.Retry => await documents.Retry(ticket, lane, context.CancellationToken),
                OperatorAct.GiveUp => await documents.GiveUp(ticket, lane, context.CancellationToken),
                _ => await documents.Release(ticket, context.CancellationToken),
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
