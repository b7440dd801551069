using System.Diagnostics.Metrics;

namespace GroupTicketing.Platform;

/// <summary>What is owed, by target, and how old the oldest debt is. Read from the store when a reader asks, at most every few seconds.</summary>
public sealed class Gauges
{
    static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    readonly IStore store;
    readonly TimeProvider clock;
    IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)> owed = [];
    DateTimeOffset read;

    /// <summary>Registers the gauges.</summary>
    public Gauges(IStore store, TimeProvider clock)
    {
        (this.store, this.clock) = (store, clock);
        Telemetry.Meter.CreateObservableGauge("groupticketing.owed", () => Owed().Select(one => Of(one.Count, one.Target)), "{lane}", "Lanes that owe something.");
        Telemetry.Meter.CreateObservableGauge(
            "groupticketing.owed.oldest", () => Owed().Select(one => Of((int)(clock.GetUtcNow() - one.Oldest).TotalSeconds, one.Target)), "s", "Age of the oldest debt.");
    }

    static Measurement<int> Of(int value, string target) => new(value, new KeyValuePair<string, object?>("target", target));

    IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)> Owed()
    {
        if (clock.GetUtcNow() - read < Kept)
            return owed;
        read = clock.GetUtcNow();
        return owed = store.OwedByTarget(CancellationToken.None).GetAwaiter().GetResult();
    }
}
