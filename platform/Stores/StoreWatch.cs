using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Looks every ten seconds whether a store beside this process is still the one that was opened: an emptied
/// one would take everything, and tell it from nothing.</summary>
sealed partial class StoreWatch(IStore store, TimeProvider clock, ILogger<StoreWatch> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        for (string? said = null; await timer.WaitForNextTickAsync(stoppingToken);)
        {
            try
            {
                await store.Look(stoppingToken);
            }
            catch (StoreUnavailableException)
            {
                // It does not answer: whoever needs it says so.
                continue;
            }
            if (store.Fault() is { } fault && fault != said)
                Log.Lost(logger, fault);
            said = store.Fault();
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Critical, Message = "{Fault}")]
        public static partial void Lost(ILogger logger, string fault);
    }
}
