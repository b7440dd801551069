namespace GroupTicketing.Platform;

/// <summary>
/// How far one change goes before it is saved. Where every listener is in this process and the store has transactions,
/// what a document says is decided by its listeners at once, and all of it is one commit; else a change is of one
/// document, and what it says is outgoing.
/// </summary>
public sealed class Waves
{
    readonly Lazy<ListenersHere>? listeners;
    readonly KeyedLocks locks = new();

    /// <summary>Each change is of one document.</summary>
    public Waves()
    {
    }

    /// <summary>Changes go as far as these listeners.</summary>
    /// <param name="subscriptions">Who hears what; one whose service is not open here hears nothing.</param>
    /// <param name="services">The services that are open here, asked for once they can be made.</param>
    public Waves(IReadOnlyList<Subscription> subscriptions, Func<IEnumerable<IDocuments>> services) =>
        listeners = new(() => new(subscriptions, services()));

    /// <summary>Who hears such a message in the same commit; null where each change is of one document.</summary>
    internal ListenersHere? Listeners => listeners?.Value;

    /// <summary>One change of a ticket's documents at a time, whichever service's they are.</summary>
    internal ValueTask<KeyedLocks.Held> Hold(string ticket, CancellationToken ct) => locks.Hold(ticket, ct);
}
