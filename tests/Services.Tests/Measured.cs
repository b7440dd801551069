using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using GroupTicketing.Platform;

namespace GroupTicketing.Services.Tests;

/// <summary>What our meter measures while it listens. The meter is the process's: who listens runs alone.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class Measured : IDisposable
{
    public const string Alone = "alone";

    readonly MeterListener listener = new();
    readonly ConcurrentQueue<(string Name, double Value, string Labels)> all = [];

    public Measured()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Note(instrument, value, labels));
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Note(instrument, value, labels));
        listener.Start();
    }

    /// <summary>What was added under a name, by labels.</summary>
    public IReadOnlyList<string> Counted(string name) =>
        [
            .. all.Where(one => one.Name == name && one.Value != 0)
                .GroupBy(one => one.Labels)
                .Select(group => $"{group.Key} {group.Sum(one => one.Value)}".Trim())
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What was recorded under a name, one by one.</summary>
    public IReadOnlyList<string> Recorded(string name) =>
        [.. all.Where(one => one.Name == name).Select(one => $"{one.Labels} {one.Value}")];

    public void Dispose() => listener.Dispose();

    void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
        all.Enqueue((instrument.Name, value, string.Join(' ', labels.ToArray().Select(label => $"{label.Key}={label.Value}"))));
}
