using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>
/// The embedded bus: a message goes straight to the documents of every room that hears it. A publish returns when each listener's own write is on disk, so the debt is paid by then.
/// </summary>
public sealed class EmbeddedBus : IBus
{
    readonly IStore store;
    readonly IMessages messages;
    readonly ILogger logger;
    readonly Dictionary<string, IDocuments> rooms;
    readonly Dictionary<Type, List<IDocuments>> listeners;

    /// <summary>Messages of these hearers reach these rooms; a hearer whose room is not open here hears nothing.</summary>
    public EmbeddedBus(IReadOnlyList<Hearer> hearers, IEnumerable<IDocuments> rooms, IStore store, IMessages messages, ILogger<EmbeddedBus> logger)
    {
        (this.store, this.messages, this.logger) = (store, messages, logger);
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
        _ => Hear(listeners.GetValueOrDefault(message.GetType(), []), message, ct),
    };

    /// <inheritdoc/>
    public IDisposable? Gather() => store.Gather();

    // All listeners' writes in one commit.
    Task Hear(IReadOnlyList<IDocuments> listeners, object message, CancellationToken ct)
    {
        using var _ = Gather();
        return Task.WhenAll([.. listeners.Select(room => room.Hear(message, ct))]);
    }

    Task SayAgain(Missing missing, CancellationToken ct) =>
        rooms.TryGetValue(messages.SpeakerOf(missing.Stream), out var speaker) ? missing.SaidAgain(speaker, messages, this, ct) : Task.CompletedTask;
}
