using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>
/// Where every listener is in this process: a message that its commit could not take along goes straight to their
/// documents, and what people want of rooms goes there, too. A publish returns when each listener's own write is on disk.
/// </summary>
public sealed class InProcessBus(
    IReadOnlyList<Subscription> subscriptions,
    IEnumerable<IDocuments> rooms,
    IMessages messages,
    ILogger<InProcessBus> logger
) : IBus
{
    readonly ListenersHere listeners = new(subscriptions, rooms);

    /// <inheritdoc/>
    public bool IsEmbedded => true;

    /// <inheritdoc/>
    public Task Publish(object message, CancellationToken ct) =>
        Task.WhenAll(listeners.Hearing(message).Select(room => room.Take(message, messages, this, logger, ct)));
}

/// <summary>The rooms open in this process, by what they hear; one that is not open here hears nothing.</summary>
sealed class ListenersHere
{
    readonly Dictionary<Type, List<IDocuments>> listeners;

    public ListenersHere(IReadOnlyList<Subscription> subscriptions, IEnumerable<IDocuments> rooms)
    {
        var open = rooms.ToDictionary(room => room.Name);
        listeners = subscriptions
            .Where(subscription => open.ContainsKey(subscription.Room))
            .GroupBy(subscription => subscription.Message)
            .ToDictionary(hearing => hearing.Key, hearing => hearing.Select(subscription => open[subscription.Room]).ToList());
    }

    public IReadOnlyList<IDocuments> Hearing(object message) =>
        listeners.TryGetValue(message.GetType(), out var found) ? found : [];
}
