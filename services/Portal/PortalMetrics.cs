using System.Diagnostics.Metrics;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Portal.Core;

namespace GroupTicketing.Portal;

/// <summary>How long tickets take, for the service's owner: every fact is heard here.</summary>
static class PortalMetrics
{
    static readonly Histogram<double> reference = Buckets(
        "groupticketing.reference.duration",
        "From the handover to the group's reference.",
        [1, 2, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400]
    );
    static readonly Histogram<double> takeover = Buckets(
        "groupticketing.takeover.duration",
        "From the handover to the first assignment in iTop.",
        Days
    );
    static readonly Histogram<double> resolution = Buckets(
        "groupticketing.resolution.duration",
        "From the handover to the first solution proposed.",
        Days
    );

    static readonly Counter<long> formsRefused = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.forms.refused",
        null,
        "Posts to a page that no page of ours makes."
    );

    static double[] Days => [60, 300, 900, 3_600, 14_400, 43_200, 86_400, 172_800, 432_000, 864_000, 2_592_000];

    public static void Took(Fact fact, TicketView view)
    {
        var histogram = fact switch
        {
            GroupTicketOpened => reference,
            TicketAssigned => takeover,
            TicketResolved => resolution,
            _ => null,
        };
        if (histogram is not null && Lives.ToLast(view.Timeline) is { } took)
            histogram.Record(took.TotalSeconds, new("school", view.School), new("brique", view.Brique ?? "unknown"));
    }

    public static void FormRefused(string page) => formsRefused.Add(1, new KeyValuePair<string, object?>("page", page));

    // The usual buckets end at ten seconds; people take days.
    static Histogram<double> Buckets(string name, string description, double[] buckets) =>
        Telemetry.Meter.CreateHistogram(
            name,
            "s",
            description,
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets }
        );
}
