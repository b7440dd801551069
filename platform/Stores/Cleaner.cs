using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Ends documents that have had their time, with what lies apart of them, in the services that are open here;
/// deletes other pieces that expired.</summary>
public sealed partial class Cleaner(IStore store, IEnumerable<IDocuments> services, TimeProvider clock, ILogger<Cleaner> logger)
    : BackgroundService
{
    const int Together = 100;
    const int MostAtOnce = 2_000;

    // What was due while nothing ran is done first: a document that still has a reminder does not end.
    static readonly TimeSpan AtStart = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Rounds(Every, "cleaning failed", clock, logger) { First = AtStart }.Run(Clean, stoppingToken);

    /// <summary>One round: some of what expired in each service.</summary>
    public async Task Clean(CancellationToken ct)
    {
        await store.DeleteExpiredSides(clock.GetUtcNow(), ct);
        foreach (var documents in services)
        {
            for (var ended = 0; ended < MostAtOnce && await Ended(documents, ct) is > 0 and var more; ended += more)
                ct.ThrowIfCancellationRequested();
        }
    }

    // Zero once none is left, or those that come first cannot be ended.
    async Task<int> Ended(IDocuments documents, CancellationToken ct)
    {
        var ended = 0;
        foreach (var expired in await store.Expired(documents.Name, clock.GetUtcNow(), Together, ct))
            ended += await End(documents, expired.Ticket, ct) ? 1 : 0;
        return ended;
    }

    // One that cannot be ended stops only itself.
    async Task<bool> End(IDocuments documents, string ticket, CancellationToken ct)
    {
        try
        {
            return await documents.End(ticket, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Log.NotEnded(logger, documents.Name, ticket, Telemetry.Why(exception));
            return false;
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Service} ticket={Ticket} was not ended: {Reason}; tried again")]
        public static partial void NotEnded(ILogger logger, string service, string ticket, string reason);
    }
}
