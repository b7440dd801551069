using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Records what gauges show, at once and every so often. Where the store is away it is said, and the next turn
/// records again.</summary>
/// <param name="every">How often.</param>
/// <param name="fails">What the log says of a turn that failed, before its reason.</param>
public abstract partial class RecordedGauges(TimeSpan every, string fails, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>What time it is.</summary>
    protected TimeProvider Clock => clock;

    /// <summary>Once.</summary>
    public abstract Task Record(CancellationToken ct);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        do
        {
            try
            {
                await Record(stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                Log.Failed(logger, fails, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{What}: {Reason}; tried again")]
        public static partial void Failed(ILogger logger, string what, string reason);
    }
}
