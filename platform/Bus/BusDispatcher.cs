using System.Diagnostics;

namespace GroupTicketing.Platform;

/// <summary>How a message reaches every listener durably.</summary>
public interface IBus
{
    /// <summary>Whether every listener's queue is known to be there; nothing is published before. True where there is
    /// nothing to declare.</summary>
    bool Declared => true;

    /// <summary>Whether every listener is in this process: then no other process sends the same messages meanwhile.</summary>
    bool IsEmbedded => false;

    /// <summary>Returns when every listener has it durably; throws what one threw.</summary>
    /// <exception cref="BusUnavailableException">The bus is away: every message would fare alike.</exception>
    Task Publish(object message, CancellationToken ct);
}

/// <summary>The bus takes nothing now.</summary>
public sealed class BusUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Sends outgoing messages: each stream in order, and asks for what is missing. It needs no saved lease, since a message
/// said twice is dropped by its number. Within one process a message is outgoing only where the commit that said it could
/// not hold its listeners' decisions, too.
/// </summary>
public sealed class BusDispatcher(IBus bus, IMessages messages, TimeProvider clock) : IAdapter
{
    /// <inheritdoc/>
    public string Targets => Outbox.Bus;

    /// <inheritdoc/>
    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public int AtOnce => bus.IsEmbedded ? 4 : 32;

    /// <inheritdoc/>
    public RetrySchedule Retries => RetrySchedule.Bus;

    /// <inheritdoc/>
    public Task<Answer> Call(Attempt attempt, CancellationToken ct) =>
        throw new NotSupportedException("messages are sent by stream");

    /// <summary>Sends one stream of one document, or asks its speaker for what is missing.</summary>
    public async Task<Answer> Call(IDocuments documents, string ticket, string lane, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        try
        {
            if (IsMissing(lane))
                await Ask(documents, ticket, lane[Outbox.MissingLane.Length..], deadline.Token);
            else
                await Say(documents, ticket, lane, deadline.Token);
            return new Answer.Done();
        }
        catch (BusUnavailableException exception)
        {
            return new Answer.TryAgain(exception.Message, TargetDown: true, Cause: Cause.Bus);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && exception is not StoreUnavailableException)
        {
            // One listener's document cannot take it: that stream of that ticket waits, the others go on.
            var reason = $"a listener did not take it: {Telemetry.WhereFrom(exception)}";
            if (!IsMissing(lane))
                await documents.Postpone(ticket, lane, clock.GetUtcNow() + Deadline, reason, ct);
            return new Answer.TryAgain(reason, Cause: Cause.Listener);
        }
    }

    async Task Ask(IDocuments documents, string ticket, string stream, CancellationToken ct)
    {
        if (await documents.AskFor(ticket, stream, ct) is { } from)
            await bus.Publish(new Missing(stream, ticket, from), ct);
    }

    async Task Say(IDocuments documents, string ticket, string stream, CancellationToken ct)
    {
        Place? last = null;
        try
        {
            foreach (var said in await documents.Outgoing(ticket, stream, ct))
            {
                using var span = Telemetry.Follow($"say {stream}", ActivityKind.Producer, said.Trace);
                await bus.Publish(messages.Unwait(said), ct);
                last = said.Place;
            }
        }
        finally
        {
            // Also when the rest did not go: a long stream that a deadline cuts off must still come to its end.
            if (last is { } place)
                await documents.Confirmed(ticket, stream, place, CancellationToken.None);
        }
    }

    // A gap asked for is noted as asked for, and is due again by itself.
    static bool IsMissing(string lane) => lane.StartsWith(Outbox.MissingLane, StringComparison.Ordinal);
}
