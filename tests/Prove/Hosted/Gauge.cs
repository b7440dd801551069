using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace GroupTicketing.Prove.Hosted;

/// <summary>Says every few seconds what the process holds after a full collection: live bytes, handles, threads.</summary>
sealed class Gauge : BackgroundService
{
    /// <summary>The variable that names the file it says it in.</summary>
    public const string Variable = "GROUPTICKETING_PROVE_GAUGE";

    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public static string? File { get; } = Environment.GetEnvironmentVariable(Variable);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var process = Process.GetCurrentProcess();
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            process.Refresh();
            var handles = Directory.GetFiles("/proc/self/fd").Length;
            var held = new Held(GC.GetTotalMemory(false), handles, process.Threads.Count, process.WorkingSet64);
            await System.IO.File.AppendAllTextAsync(File!, JsonSerializer.Serialize(held) + "\n", stoppingToken);
        }
    }
}

/// <summary>What a process holds.</summary>
/// <param name="Live">Bytes, after a full collection.</param>
/// <param name="Resident">Bytes, as the system counts them.</param>
public sealed record Held(long Live, int Handles, int Threads, long Resident);
