using Microsoft.Extensions.Hosting;

namespace GroupTicketing.Host;

/// <summary>What starting up took is given back once: in a process that waits for tickets nothing else makes the
/// collector look for it.</summary>
sealed class StartCollected : BackgroundService
{
    // By then the queues are declared and the pools filled.
    static readonly TimeSpan Started = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Started, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
