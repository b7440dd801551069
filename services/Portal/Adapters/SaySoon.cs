using GroupTicketing.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Portal.Adapters;

/// <summary>
/// In one process the bus says everything before it returns, which may take minutes: whoever asks is not kept waiting.
/// What is asked meanwhile is one more round, from the earliest time on.
/// </summary>
sealed partial class SaySoon(IBus bus, ILogger<SaySoon> logger) : BackgroundService
{
    readonly Lock gate = new();
    readonly SemaphoreSlim asked = new(0, 1);
    DateTimeOffset? since;

    public void Ask(DateTimeOffset wanted)
    {
        lock (gate)
        {
            if (since is null)
                asked.Release();
            since = wanted > since ? since : wanted;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await asked.WaitAsync(stoppingToken);
            try
            {
                await bus.Publish(new SayAgain(Taken()), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotSaid(logger, Telemetry.Why(exception));
            }
        }
    }

    DateTimeOffset Taken()
    {
        lock (gate)
        {
            var taken = since!.Value;
            since = null;
            return taken;
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "not everything was said again: {Fault}; ask once more")]
        public static partial void NotSaid(ILogger logger, string fault);
    }
}
