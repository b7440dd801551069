using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>What is done again and again while the process runs. A round that fails is said, and ends neither the
/// process nor the next ones.</summary>
/// <param name="every">How long after one the next begins.</param>
/// <param name="fails">What the log says of a round that failed, before its reason.</param>
public sealed partial class Rounds(TimeSpan every, string fails, TimeProvider clock, ILogger logger)
{
    /// <summary>How long before the first one. Default: as before any other.</summary>
    public TimeSpan? First { get; init; }

    /// <summary>Goes on until it is stopped.</summary>
    public async Task Run(Func<CancellationToken, Task> round, CancellationToken stopping)
    {
        await Task.Delay(First ?? every, clock, stopping);
        using var timer = new PeriodicTimer(every, clock);
        do
        {
            try
            {
                await round(stopping);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                var isTheirs = exception is IKnownFault or OperationCanceledException;
                Log.Failed(logger, isTheirs ? LogLevel.Warning : LogLevel.Error, fails, Telemetry.Why(exception));
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    static partial class Log
    {
        [LoggerMessage(Message = "{What}: {Reason}; tried again")]
        public static partial void Failed(ILogger logger, LogLevel level, string what, string reason);
    }
}
