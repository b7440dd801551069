using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Looks every ten seconds whether a store beside this process is still the one that was opened: an emptied
/// one would take everything, and tell it from nothing.</summary>
sealed partial class StoreWatch(IStore store, TimeProvider clock, ILogger<StoreWatch> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    string? said;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Rounds(Every, "whether the store is still the same could not be seen", clock, logger).Run(Look, stoppingToken);

    async Task Look(CancellationToken ct)
    {
        await store.Look(ct);
        if (store.Fault() is { } fault && fault != said)
            Log.Lost(logger, fault);
        said = store.Fault();
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Critical, Message = "{Fault}")]
        public static partial void Lost(ILogger logger, string fault);
    }
}
