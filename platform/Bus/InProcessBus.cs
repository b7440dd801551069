using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>
/// Where every listener is in this process: a message that its commit could not take along goes straight to their
/// documents, and what people want of rooms goes there, too. A publish returns when each listener's own write is on disk.
/// </summary>
public sealed class InProcessBus(
    IReadOnlyList<Hearer> hearers,
    IEnumerable<IDocuments> rooms,
    IMessages messages,
    ILogger<InProcessBus> logger
) : IBus
{
    readonly ListenersHere listeners = new(hearers, rooms);

    /// <inheritdoc/>
    public bool IsEmbedded => true;

    /// <inheritdoc/>
    public Task Publish(object message, CancellationToken ct) =>
        Task.WhenAll(listeners.Hearing(message).Select(room => room.Take(message, messages, this, logger, ct)));
}

/// <summary>The rooms open in this process, by what they hear; a hearer whose room is not open here hears nothing.</summary>
sealed class ListenersHere
{
    readonly Dictionary<Type, List<IDocuments>> listeners;

    public ListenersHere(IReadOnlyList<Hearer> hearers, IEnumerable<IDocuments> rooms)
    {
        var open = rooms.ToDictionary(room => room.Name);
        listeners = hearers.Where(hearer => open.ContainsKey(hearer.Room)).GroupBy(hearer => hearer.Message)
            .ToDictionary(hearing => hearing.Key, hearing => hearing.Select(hearer => open[hearer.Room]).ToList());
    }

    public IReadOnlyList<IDocuments> Hearing(object message) =>
        listeners.TryGetValue(message.GetType(), out var found) ? found : [];
}
