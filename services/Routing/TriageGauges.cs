using GroupTicketing.Directory;
using GroupTicketing.Platform;
using GroupTicketing.Routing.Core;
using Microsoft.Extensions.Hosting;

namespace GroupTicketing.Routing;

/// <summary>What waits for the C2IP, and how long the oldest in triage has, in the group's working time; and whether the group is at work: alarms for people follow its hours.</summary>
sealed class TriageGauges(Documents<Link> links, Calendar calendar, TimeProvider clock) : IHostedService
{
    // The shelf is listed newest first: more than these and the oldest is older still.
    const int Most = 500;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var hours = new WorkingTime(calendar);
        Telemetry.Meter.CreateObservableGauge("groupticketing.working_hours", () => hours.IsWorking(clock.GetUtcNow()) ? 1 : 0, null, "1 in the group's working hours.");
        Telemetry.Meter.CreateObservableGauge("groupticketing.triage.oldest_working", () => Oldest(hours), "s", "Age of the oldest ticket in triage, in the group's working time.");
        Telemetry.Meter.CreateObservableGauge("groupticketing.waiting", () => List(LinkRoom.Waiting).Count, "{ticket}", "Tickets that nobody of the group moves although their team was reminded; at most 500 are counted.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    long Oldest(WorkingTime hours)
    {
        var held = List(LinkRoom.Triage);
        return held.Count == 0 ? 0 : (long)hours.WorkingHoursBetween(held.Min(one => one.Stamp), clock.GetUtcNow()).TotalSeconds;
    }

    IReadOnlyList<Known<Link>> List(string shelf) => links.List(shelf, null, Most, CancellationToken.None).GetAwaiter().GetResult();
}
