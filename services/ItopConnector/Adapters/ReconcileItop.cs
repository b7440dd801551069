using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// Reads every live group ticket of ours from time to time, and when asked: a change that no poll brought is told like
/// any other. Tickets that owe iTop something are left alone; one that
/// is no longer there is counted, and never made again. Nothing is ever written here.
/// </summary>
sealed partial class ReconcileItop(
    ReadLive live,
    ItopPolling polling,
    ItopOptions options,
    TimeProvider clock,
    ILogger<ReconcileItop> logger
) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    DateTimeOffset next;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        next = clock.GetUtcNow() + options.ReconcileEvery;
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!polling.Leads)
                continue;
            try
            {
                await Turn(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception is ItopException itop ? itop.Reason : Telemetry.WhereFrom(exception));
            }
        }
    }

    /// <summary>One turn: everything when it is time or asked, else what was asked and what is due for a second look.</summary>
    public async Task Turn(CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        var asked = await live.Reconciliation.Take(ItopCall.Target, ct);
        if (asked.Contains(null) || began >= next)
        {
            next = began + options.ReconcileEvery;
            var read = await live.All(began, ct);
            await live.Reconciliation.Report(
                new ReconcileReport(
                    ItopCall.Target,
                    began,
                    clock.GetUtcNow(),
                    read,
                    live.Differing,
                    null,
                    new Dictionary<string, long>()
                ),
                ct
            );
        }
        await live.Some([.. asked.OfType<string>(), .. live.Due(began)], began, ct);
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "reconcile could not read iTop: {Reason}; tried again")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
