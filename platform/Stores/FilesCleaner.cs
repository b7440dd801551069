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
    static readonly TimeSpan OrphansKept = TimeSpan.FromDays(1);

    string? looked;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Clean(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The next round begins where this one stopped.
                Log.Failed(logger, Telemetry.WhereFrom(exception));
            }
        }
    }

    /// <summary>One round: a look at some tickets' files.</summary>
    public async Task Clean(CancellationToken ct)
    {
        var tickets = await files.Untouched(clock.GetUtcNow() - OrphansKept, looked, Together, ct);
        foreach (var ticket in tickets)
        {
            if (!await IsKnown(ticket, ct))
                await files.Delete(ticket, ct);
        }
        looked = tickets.Count < Together ? null : tickets[^1];
    }

    async Task<bool> IsKnown(string ticket, CancellationToken ct)
    {
        foreach (var room in messages.Rooms)
        {
            if (await store.Load(DocumentKey.Of(room, ticket), ct) is { Shelf: not StoredDocument.Tombstones })
                return true;
        }
        return false;
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "cleaning files failed: {Reason}; it goes on in ten minutes")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
