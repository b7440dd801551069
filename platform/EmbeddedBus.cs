using MassTransit;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>
/// The embedded bus: a message goes straight to the documents of every room that hears it. A publish returns when each listener's own write is on disk, so the debt is paid by then.
/// </summary>
public sealed class EmbeddedBus : IBus
{
    readonly IMessages messages;
    readonly ILogger logger;
    readonly Dictionary<string, IDocuments> rooms;
    readonly Dictionary<Type, List<IDocuments>> listeners;

    /// <summary>Messages of these hearers reach these rooms; a hearer whose room is not open here hears nothing.</summary>
    public EmbeddedBus(IReadOnlyList<Hearer> hearers, IEnumerable<IDocuments> rooms, IMessages messages, ILogger<EmbeddedBus> logger)
    {
        (this.messages, this.logger) = (messages, logger);
        this.rooms = rooms.ToDictionary(room => room.Name);
        listeners = hearers.Where(hearer => this.rooms.ContainsKey(hearer.Room)).GroupBy(hearer => hearer.Message)
            .ToDictionary(hearing => hearing.Key, hearing => hearing.Select(hearer => this.rooms[hearer.Room]).ToList());
    }

    /// <inheritdoc/>
    public bool IsEmbedded => true;

    /// <inheritdoc/>
    public Task Publish(object message, CancellationToken ct) => message switch
    {
        Missing missing => SayAgain(missing, ct),
        Operate wanted => rooms.TryGetValue(wanted.Room, out var room) ? wanted.Do(room, logger, ct) : Task.CompletedTask,
        _ => Task.WhenAll(listeners.GetValueOrDefault(message.GetType(), []).Select(room => room.Hear(message, ct))),
    };

    Task SayAgain(Missing missing, CancellationToken ct) =>
        rooms.TryGetValue(messages.SpeakerOf(missing.Stream), out var speaker) ? missing.SaidAgain(speaker, messages, this, ct) : Task.CompletedTask;
}

/// <summary>Where a room listens on RabbitMQ: takes one kind of message into its documents.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
/// <typeparam name="TDocuments">Whose documents.</typeparam>
public sealed class Hear<TMessage, TDocuments>(TDocuments documents) : IConsumer<TMessage>
    where TMessage : class
    where TDocuments : IDocuments
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<TMessage> context) => documents.Hear(context.Message, context.CancellationToken);
}

/// <summary>Where a speaker is asked again on RabbitMQ for what a listener misses.</summary>
/// <typeparam name="TDocuments">Whose documents said it.</typeparam>
public sealed class SayAgain<TDocuments>(TDocuments documents, IMessages messages, IBus bus) : IConsumer<Missing>
    where TDocuments : IDocuments
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<Missing> context) => messages.SpeakerOf(context.Message.Stream) == documents.Name
        ? context.Message.SaidAgain(documents, messages, bus, context.CancellationToken)
        : Task.CompletedTask;
}

/// <summary>How what is missed is said again.</summary>
static class Repeating
{
    public static async Task SaidAgain(this Missing missing, IDocuments speaker, IMessages messages, IBus bus, CancellationToken ct)
    {
        foreach (var said in await speaker.Again(missing.Ticket, missing.Stream, missing.From, ct))
            await bus.Publish(messages.Unwait(said), ct);
    }
}
