using MassTransit;
using MassTransit.Mediator;

namespace GroupTicketing.Platform;

/// <summary>The embedded bus: MassTransit's mediator. A publish returns when each listener's own write is on disk, so the debt is paid by then.</summary>
public sealed class MediatorBus(IMediator mediator) : IBus
{
    /// <inheritdoc/>
    public Task Publish(object message, CancellationToken ct) => mediator.Publish(message, message.GetType(), ct);
}

/// <summary>Where a room listens: takes one kind of message into its documents.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
/// <typeparam name="TDocuments">Whose documents.</typeparam>
public sealed class Hear<TMessage, TDocuments>(TDocuments documents) : IConsumer<TMessage>
    where TMessage : class
    where TDocuments : IDocuments
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<TMessage> context) => documents.Hear(context.Message, context.CancellationToken);
}

/// <summary>Where a speaker is asked again for what a listener misses.</summary>
/// <typeparam name="TDocuments">Whose documents said it.</typeparam>
public sealed class SayAgain<TDocuments>(TDocuments documents, IMessages messages, IBus bus) : IConsumer<Missing>
    where TDocuments : IDocuments
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<Missing> context)
    {
        var missing = context.Message;
        if (messages.SpeakerOf(missing.Stream) != documents.Name)
            return;
        foreach (var said in await documents.Again(missing.Ticket, missing.Stream, missing.From, context.CancellationToken))
            await bus.Publish(messages.Unwait(said), context.CancellationToken);
    }
}
