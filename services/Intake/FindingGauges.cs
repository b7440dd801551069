using System.Diagnostics.Metrics;
using GroupTicketing.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Intake;

/// <summary>What is to be mended now, for the alerts: read from the store from time to time, since any process may find
/// it and any may see it mended.</summary>
sealed class FindingGauges(Findings findings, TimeProvider clock, ILogger<FindingGauges> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    // What was not met for a day is no longer so, or nobody asks.
    static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    static readonly Gauge<long> open = Telemetry.Meter.CreateGauge<long>(
        "groupticketing.findings.open",
        "{finding}",
        "What somebody has to mend at a side, met within a day; field names what hands tickets over."
    );

    HashSet<(string Side, string Code, string Field)> before = [];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new Rounds(Every, "what is to be mended could not be read", clock, logger) { First = TimeSpan.Zero }.Run(
            Record,
            stoppingToken
        );

    /// <summary>Once.</summary>
    public async Task Record(CancellationToken ct)
    {
        var fresh = (await findings.All(ct)).Where(one => clock.GetUtcNow() - one.Last < Fresh)
            .GroupBy(one => (one.Side, one.Code, Field: one.Code == "gesture-unreadable" ? one.What : ""))
            .ToDictionary(group => group.Key, group => group.LongCount());
        foreach (var key in before.Except(fresh.Keys).Concat(fresh.Keys))
            open.Record(fresh.GetValueOrDefault(key), new("side", key.Side), new("code", key.Code), new("field", key.Field));
        before = [.. fresh.Keys];
    }
}
