using System.Collections.Concurrent;
using System.Diagnostics;

namespace GroupTicketing.Platform;

/// <summary>How a message reaches every listener durably.</summary>
public interface IBus
{
    /// <summary>Whether every listener's queue is known to be there; nothing is published before. True where there is
    /// nothing to declare.</summary>
    bool Declared => true;

    /// <summary>Whether every listener is in this process: then no other process pays the same debts meanwhile.</summary>
    bool IsEmbedded => false;

    /// <summary>What this thread begins to write until it disposes of the answer may be written together; see
    /// <see cref="IStore.Gather"/>.</summary>
    IDisposable? Gather() => null;

    /// <summary>Returns when every listener has it durably; throws what one threw.</summary>
    /// <exception cref="BusUnavailableException">The bus is away: every message would fare alike.</exception>
    Task Publish(object message, CancellationToken ct);
}

/// <summary>The bus takes nothing now.</summary>
public sealed class BusUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Pays message debts: each stream in order, and asks for what is missing. It needs no saved lease, since a message
/// said twice is dropped by its number. For the same reason
/// what one process alone has paid is noted a little later, many together: no ticket waits for that, and killed before
/// it the process says them once more.
/// </summary>
public sealed class BusPayer(IBus bus, IMessages messages, TimeProvider clock) : IAdapter
{
    const int NotedAtOnce = 64;

    static readonly RetrySchedule unwritten = new([.. new[] { 1, 5, 15, 60 }.Select(seconds => TimeSpan.FromSeconds(seconds))]);

    readonly ConcurrentDictionary<(IDocuments Documents, string Ticket, string Stream), Place> published = new();
    readonly ConcurrentDictionary<(IDocuments Documents, string Ticket), (int Failures, DateTimeOffset NextTry)> postponed =
        new();

    /// <inheritdoc/>
    public string Targets => Debts.Bus;

    /// <inheritdoc/>
    public TimeSpan Deadline => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public int AtOnce => bus.IsEmbedded ? 4 : 32;

    /// <inheritdoc/>
    public RetrySchedule Retries => RetrySchedule.Bus;

    /// <inheritdoc/>
    public Task<Answer> Pay(Attempt attempt, CancellationToken ct) =>
        throw new NotSupportedException("message debts are paid by stream");

    /// <summary>Pays one stream of one document, or asks its speaker for what is missing.</summary>
    public async Task<Answer> Pay(IDocuments documents, string ticket, string lane, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        try
        {
            if (IsMissing(lane))
                await Ask(documents, ticket, lane[Debts.MissingLane.Length..], deadline.Token);
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
            {
                await Note(documents, ticket, lane);
                await documents.Postpone(ticket, lane, clock.GetUtcNow() + Deadline, reason, ct);
            }
            return new Answer.TryAgain(reason, Cause: Cause.Listener);
        }
    }

    async Task Ask(IDocuments documents, string ticket, string stream, CancellationToken ct)
    {
        if (await documents.AskFor(ticket, stream, ct) is { } from)
            await bus.Publish(new Missing(stream, ticket, from), ct);
    }

    /// <summary>Writes down what was published since: one write for each document, many in one commit. One that cannot
    /// be written is put off, and holds up no other.</summary>
    /// <param name="isLast">Whether no other call follows: then also what was put off.</param>
    public async Task Note(CancellationToken ct, bool isLast = false)
    {
        var now = clock.GetUtcNow();
        var due = published
            .ToArray()
            .GroupBy(paid => (paid.Key.Documents, paid.Key.Ticket))
            .Where(paid => isLast || postponed.GetValueOrDefault(paid.Key).NextTry <= now);
        foreach (var some in due.Chunk(NotedAtOnce))
        {
            ct.ThrowIfCancellationRequested();
            await Task.WhenAll(Begin(some));
        }

        List<Task> Begin(
            IReadOnlyList<
                IGrouping<(IDocuments Documents, string Ticket), KeyValuePair<(IDocuments, string, string), Place>>
            > some
        )
        {
            using var _ = bus.Gather();
            return [.. some.Select(paid => TryNote(paid.Key.Documents, paid.Key.Ticket, [.. paid]))];
        }
    }

    // Whatever it is: said once more after the next start it would be dropped by its number.
    async Task TryNote(
        IDocuments documents,
        string ticket,
        IReadOnlyList<KeyValuePair<(IDocuments, string, string Stream), Place>> paid
    )
    {
        try
        {
            await Note(documents, ticket, paid);
            postponed.TryRemove((documents, ticket), out _);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            postponed.AddOrUpdate((documents, ticket), _ => After(1), (_, before) => After(before.Failures + 1));
        }

        (int, DateTimeOffset) After(int failures) => (failures, clock.GetUtcNow() + unwritten.After(failures, 0));
    }

    Task Note(IDocuments documents, string ticket, string stream) =>
        published.TryGetValue((documents, ticket, stream), out var place)
            ? Note(documents, ticket, [new((documents, ticket, stream), place)])
            : Task.CompletedTask;

    async Task Note(
        IDocuments documents,
        string ticket,
        IReadOnlyList<KeyValuePair<(IDocuments, string, string Stream), Place>> paid
    )
    {
        await documents.Paid(ticket, paid.ToDictionary(one => one.Key.Stream, one => one.Value), CancellationToken.None);
        foreach (var one in paid)
            published.TryRemove(one);
    }

    async Task Say(IDocuments documents, string ticket, string stream, CancellationToken ct)
    {
        var before = published.GetValueOrDefault((documents, ticket, stream));
        try
        {
            foreach (var said in (await documents.Unpaid(ticket, stream, ct)).Where(said => said.Place.Number > before.Number))
            {
                using var span = Telemetry.Follow($"say {stream}", ActivityKind.Producer, said.Trace);
                await bus.Publish(messages.Unwait(said), ct);
                published[(documents, ticket, stream)] = said.Place;
            }
        }
        finally
        {
            // Also when the rest did not go: a long stream that a deadline cuts off must still come to its end.
            if (!bus.IsEmbedded)
                await Note(documents, ticket, stream);
        }
    }

    // A gap asked for is noted as asked for, and is due again by itself.
    static bool IsMissing(string lane) => lane.StartsWith(Debts.MissingLane, StringComparison.Ordinal);
}
