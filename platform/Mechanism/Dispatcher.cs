using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Does what is pending in documents though nothing wakes their targets: after a start, a crash, a pause or another
/// instance's write, or when a target is back.</summary>
public sealed class Dispatcher(
    Targets targets,
    IEnumerable<IDocuments> services,
    IStore store,
    TimeProvider clock,
    ILogger<Dispatcher> logger
) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    DateTimeOffset latest;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        targets.StopAt(stoppingToken);
        return new Rounds(Every, "looking for what is due failed", clock, logger) { First = TimeSpan.Zero }.Run(
            Sweep,
            stoppingToken
        );
    }

    /// <summary>Has brought what is due.</summary>
    public async Task Sweep(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (latest == default)
            latest = await LastWritten(ct);
        // A clock that went back would hide what was leased or put off before: look further ahead until it has caught up.
        var horizon = now + Lease.ClockSkew < latest ? latest + TimeSpan.FromHours(1) : now;
        latest = now > latest ? now : latest;
        await targets.Bring(horizon, ct);
    }

    // By whatever clock: an earlier process' may have been ahead of ours.
    async Task<DateTimeOffset> LastWritten(CancellationToken ct)
    {
        var last = DateTimeOffset.MinValue;
        foreach (var documents in services)
        {
            if (await store.List(documents.Name, null, null, 1, ct) is [{ Stamp: var stamp }] && stamp > last)
                last = stamp;
        }
        return last;
    }
}
