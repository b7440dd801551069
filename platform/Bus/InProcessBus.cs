using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>
/// Where every listener is in this process: a message that its commit could not take along goes straight to their
/// documents, and what people want of services goes there, too. A publish returns when each listener's own write is on disk.
/// </summary>
public sealed class InProcessBus(
    IReadOnlyList<Subscription> subscriptions,
    IEnumerable<IDocuments> services,
    IMessages messages,
    ILogger<InProcessBus> logger
) : IBus
{
    readonly ListenersHere listeners = new(subscriptions, services);

    /// <inheritdoc/>
    public bool IsEmbedded => true;

    /// <inheritdoc/>
    public Task Publish(object message, CancellationToken ct) =>
        Task.WhenAll(listeners.Hearing(message).Select(documents => documents.Take(message, messages, this, logger, ct)));
}

/// <summary>The services open in this process, by what they hear; one that is not open here hears nothing.</summary>
sealed class ListenersHere
{
    readonly Dictionary<Type, List<IDocuments>> listeners;

    public ListenersHere(IReadOnlyList<Subscription> subscriptions, IEnumerable<IDocuments> services)
    {
        var open = services.ToDictionary(documents => documents.Name);
        listeners = subscriptions
            .Where(subscription => open.ContainsKey(subscription.Service))
            .GroupBy(subscription => subscription.Message)
            .ToDictionary(hearing => hearing.Key, hearing => hearing.Select(subscription => open[subscription.Service]).ToList());
    }

    public IReadOnlyList<IDocuments> Hearing(object message) =>
        listeners.TryGetValue(message.GetType(), out var found) ? found : [];
}
