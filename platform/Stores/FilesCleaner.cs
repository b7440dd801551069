using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Deletes the files of tickets that no document knows any more. They are left alone for a day: files are
/// written before the document that claims them.</summary>
public sealed partial class FilesCleaner(
    IStore store,
    IFiles files,
    IMessages messages,
    TimeProvider clock,
    ILogger<FilesCleaner> logger
) : BackgroundService
{
    const int Together = 200;

    static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(30);
    static readonly TimeSpan OrphansKept = TimeSpan.FromDays(1);

    string? looked;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Rounds(Every, "cleaning files failed", clock, logger) { First = TimeSpan.Zero }.Run(Clean, stoppingToken);

    /// <summary>One round: what cut-off writes left, and a look at some tickets' files, from where the last one ended.</summary>
    public async Task Clean(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await files.DeleteLeftOvers(now - LongestWrite, ct);
        var tickets = await files.Untouched(now - OrphansKept, looked, Together, ct);
        looked = tickets.Count < Together ? null : tickets[^1];
        foreach (var ticket in tickets)
            await Clean(ticket, now - OrphansKept, ct);
    }

    // One that cannot be deleted stops only itself.
    async Task Clean(string ticket, DateTimeOffset untouchedSince, CancellationToken ct)
    {
        try
        {
            if (!await IsKnown(ticket, ct))
                await files.Delete(ticket, untouchedSince, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Log.NotDeleted(logger, ticket, Telemetry.Why(exception));
        }
    }

    async Task<bool> IsKnown(string ticket, CancellationToken ct)
    {
        foreach (var service in messages.Services)
        {
            if (await store.Load(DocumentKey.For(service, ticket), ct) is { Shelf: not StoredDocument.Tombstones })
                return true;
        }
        return false;
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "the files of ticket={Ticket} were not deleted: {Reason}; tried again")]
        public static partial void NotDeleted(ILogger logger, string ticket, string reason);
    }
}
