using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// Reads every live group ticket of ours from time to time, and when asked: a change that no poll brought is told like
/// any other. Tickets with something pending for iTop are left alone; one that
/// is no longer there is counted, and never made again. Nothing is ever written here.
/// </summary>
sealed class ReconcileItop(
    ReadLive live,
    ItopPolling polling,
    Reconciliation reconciliation,
    ItopOptions options,
    TimeProvider clock,
    ILogger<ReconcileItop> logger
) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    DateTimeOffset next;
    DateTimeOffset again;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        next = clock.GetUtcNow() + options.ReconcileEvery;
        return new Rounds(Every, "reconcile could not read iTop", clock, logger).Run(
            ct => polling.Leads ? Turn(ct) : Task.CompletedTask,
            stoppingToken
        );
    }

    /// <summary>One turn: everything when it is time or asked, else what was asked and what is due for a second look.
    /// What was asked stays asked until iTop answered.</summary>
    public async Task Turn(CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        if (began < again)
            return;
        var asked = await reconciliation.Asked(ItopCall.Target, ct);
        try
        {
            if (asked.Any(one => one.Ticket is null) || began >= next)
            {
                await Report(began, await live.All(began, ct), null, ct);
                next = began + options.ReconcileEvery;
            }
            await live.Some([.. asked.Select(one => one.Ticket).OfType<string>(), .. live.Due(began)], began, ct);
            await reconciliation.Done(ItopCall.Target, asked, ct);
        }
        catch (ItopException exception)
        {
            again = began + Soon;
            await Report(began, 0, exception.Reason, ct);
            throw;
        }
    }

    Task Report(DateTimeOffset began, int read, string? fault, CancellationToken ct) =>
        reconciliation.Report(
            new(ItopCall.Target, began, clock.GetUtcNow(), read, live.Differing, fault, new Dictionary<string, long>()),
            ct
        );
}
