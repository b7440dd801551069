using GroupTicketing.Platform;
using GroupTicketing.Portal.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Portal.Adapters;

/// <summary>
/// Brings announcements to the tickets they concern: all tickets once when one is made or ended, then whatever changed
/// since. What a ticket was told stands in its own document, so a round that
/// was cut, and two instances at once, tell nothing twice.
/// </summary>
sealed partial class TellAnnouncements(
    Announcements announcements,
    Documents<TicketView> documents,
    TimeProvider clock,
    ILogger<TellAnnouncements> logger
) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // Another instance's clock may be behind, and a document is stamped before it is written.
    static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    IReadOnlyList<Announcement> known = [];
    DateTimeOffset looked;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Rounds(Every, "announcements were not told", clock, logger).Run(Round, stoppingToken);

    /// <summary>One round.</summary>
    public async Task Round(CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        var all = await announcements.All(ct);
        var news = all.Where(one => known.All(other => other.Id != one.Id || other.EndedAt != one.EndedAt)).ToList();
        if (all.Count > 0)
            await Tell(all, news.Count > 0 ? DateTimeOffset.MinValue : looked - Overlap, ct);
        (known, looked) = (all, began);
    }

    async Task Tell(IReadOnlyList<Announcement> all, DateTimeOffset since, CancellationToken ct)
    {
        await foreach (var one in documents.All(since, (ticket, reason) => Log.Unreadable(logger, ticket, reason), ct))
        {
            foreach (var told in all.Select(announcement => announcement.For(one.State)).OfType<Announced>())
                await documents.Transact(one.Ticket, new Hearing(null, default, null, told), ct);
        }
    }

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "what is kept of ticket={Ticket} cannot be read: {Reason}; no announcement is told to it"
        )]
        public static partial void Unreadable(ILogger logger, string ticket, string reason);
    }
}
