using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>
/// What is pending and since when, by target; which targets answer; how many documents are in quarantine; what room the
/// embedded store has. Read every few
/// seconds: a reader never waits for the store. Instances on one store say the same: a reader takes the largest, not the sum.
/// </summary>
public sealed class Gauges : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    readonly IStore store;
    readonly TimeProvider clock;
    readonly ILogger<Gauges> logger;
    readonly LastCount<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> pending;

    /// <summary>Registers the gauges.</summary>
    public Gauges(IStore store, Targets targets, PlatformOptions options, TimeProvider clock, ILogger<Gauges> logger)
    {
        (this.store, this.clock, this.logger, pending) = (store, clock, logger, new(clock));
        Many("groupticketing.pending", "{lane}", "Lanes with something pending.", () =>
            pending.Measure(all => all.Select(one => Point(one.Count, one.Target)))
        );
        Many("groupticketing.pending.oldest", "s", "Age of the oldest of them.", () =>
            pending.Measure(all => all.Select(one => Point((long)(clock.GetUtcNow() - one.Oldest).TotalSeconds, one.Target)))
        );
        Many("groupticketing.target.up", null, "1 up, 0 down.", () =>
            targets.States.Select(target => Point(target.Value.DownSince is null ? 1 : 0, target.Key))
        );
        Many("groupticketing.quarantine", "{document}", "Documents in quarantine.", () =>
            pending.Measure(all => [new(all.Where(one => Outbox.IsQuarantine(one.Target)).Sum(one => one.Count))])
        );
        Gauge(
            "groupticketing.store.up",
            null,
            "1: what is written is where it is read from after a restart; 0: the store was removed, replaced, emptied or cut.",
            () => store.Fault() is null ? 1 : 0
        );
        if (options.Store is not null)
            return;
        var data = new DirectoryInfo(options.Data);
        Gauge("groupticketing.data.free", "By", "Room left where the data lies.", () =>
            new DriveInfo(data.FullName).AvailableFreeSpace
        );
        Gauge("groupticketing.data.size", "By", "What the embedded store takes.", () =>
            data.EnumerateFiles($"{PlatformSetup.StoreName}*").Sum(file => file.Length)
        );
    }

    static void Many(string name, string? unit, string description, Func<IEnumerable<Measurement<long>>> read) =>
        Telemetry.Meter.CreateObservableGauge(name, read, unit, description);

    static void Gauge(string name, string? unit, string description, Func<long> read) =>
        Telemetry.Meter.CreateObservableGauge(name, read, unit, description);

    static Measurement<long> Point(long value, string target) => new(value, new KeyValuePair<string, object?>("target", target));

    /// <inheritdoc/>
    // What was read before is shown on for a minute where it fails.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Rounds(Every, "what is pending could not be counted", clock, logger) { First = TimeSpan.Zero }.Run(
            async ct => pending.Note(await store.PendingByTarget(ct)),
            stoppingToken
        );
}
