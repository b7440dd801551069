using System.Diagnostics.Metrics;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>How far iTop's clock is ahead of ours, as its web server dates its answers: to the second.</summary>
public sealed class ItopClock
{
    double? ahead;

    /// <summary>An answer bore that date.</summary>
    public void Saw(DateTimeOffset? date, DateTimeOffset now) =>
        ahead = date is { } dated ? (dated - now).TotalSeconds + 0.5 : ahead;

    /// <summary>Measured by whoever reads iTop.</summary>
    public void Measure() => Telemetry.Meter.CreateObservableGauge(
        "groupticketing.itop.clock_ahead", Measured, "s", "How far iTop's clock is ahead of ours; behind: less than nothing.");

    IEnumerable<Measurement<double>> Measured() => ahead is { } seconds ? [new(seconds)] : [];
}
