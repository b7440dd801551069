using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>
/// The embedded bus: a message goes straight to the documents of every room that hears it. A publish returns when each
/// listener's own write is on disk, so the debt is paid by then.
/// </summary>
public sealed class EmbeddedBus : IBus
{
    readonly IStore store;
    readonly IMessages messages;
    readonly ILogger logger;
    readonly Dictionary<Type, List<IDocuments>> listeners;

    /// <summary>Messages of these hearers reach these rooms; a hearer whose room is not open here hears nothing.</summary>
    public EmbeddedBus(
        IReadOnlyList<Hearer> hearers,
        IEnumerable<IDocuments> rooms,
        IStore store,
        IMessages messages,
        ILogger<EmbeddedBus> logger
    )
    {
        (this.store, this.messages, this.logger) = (store, messages, logger);
        var open = rooms.ToDictionary(room => room.Name);
        listeners = hearers.Where(hearer => open.ContainsKey(hearer.Room)).GroupBy(hearer => hearer.Message)
            .ToDictionary(hearing => hearing.Key, hearing => hearing.Select(hearer => open[hearer.Room]).ToList());
    }

    /// <inheritdoc/>
    public bool IsEmbedded => true;

    /// <inheritdoc/>
    public Task Publish(object message, CancellationToken ct)
    {
        // All listeners' writes in one commit.
        using var _ = Gather();
        return Task.WhenAll([
            .. listeners.GetValueOrDefault(message.GetType(), []).Select(room => room.Take(message, messages, this, logger, ct)),
        ]);
    }

    /// <inheritdoc/>
    public IDisposable? Gather() => store.Gather();
}
