using System.Diagnostics.Metrics;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using GroupTicketing.Routing.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Routing;

/// <summary>What waits for the C2IP, and how long the oldest in triage has, in the group's working time; and whether
/// the group is at work: alarms for people follow its hours.</summary>
sealed class TriageGauges(Documents<Link> links, Calendar calendar, TimeProvider clock, ILogger<TriageGauges> logger)
    : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // The shelf is listed newest first: more than these and the oldest is older still.
    const int Most = 500;

    readonly LastCount<Waits> waits = new(clock);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hours = new WorkingTime(calendar);
        Telemetry.Meter.CreateObservableGauge(
            "groupticketing.working_hours",
            () => hours.IsWorking(clock.GetUtcNow()) ? 1 : 0,
            null,
            "1 in the group's working hours."
        );
        Telemetry.Meter.CreateObservableGauge(
            "groupticketing.triage.oldest_working",
            () => waits.Measure(all => Single(Age(all.Oldest, hours))),
            "s",
            "Age of the oldest ticket in triage, in the group's working time."
        );
        Telemetry.Meter.CreateObservableGauge(
            "groupticketing.waiting",
            () => waits.Measure(all => Single(all.Waiting)),
            "{ticket}",
            "Tickets that nobody of the group moves although their team was reminded; at most 500 are counted."
        );
        return new Rounds(Every, "what waits for the C2IP could not be counted", clock, logger) { First = TimeSpan.Zero }.Run(
            Record,
            stoppingToken
        );
    }

    async Task Record(CancellationToken ct)
    {
        var held = await links.List(LinkDecider.Triage, null, Most, ct);
        var waiting = await links.List(LinkDecider.Waiting, null, Most, ct);
        waits.Note(new Waits(held.Count == 0 ? null : held.Min(one => one.State.HeldAt ?? one.Stamp), waiting.Count));
    }

    long Age(DateTimeOffset? oldest, WorkingTime hours) =>
        oldest is { } since ? (long)hours.WorkingHoursBetween(since, clock.GetUtcNow()).TotalSeconds : 0;

    static Measurement<long>[] Single(long value) => [new(value)];

    sealed record Waits(DateTimeOffset? Oldest, int Waiting);
}
