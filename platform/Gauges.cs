using System.Diagnostics.Metrics;

namespace GroupTicketing.Platform;

/// <summary>
/// What is owed and since when, by target; which targets answer; how many documents are in quarantine; what room the embedded store has. Read when a reader asks, at most
/// every few seconds. Instances on one store say the same: a reader takes the largest, not the sum.
/// </summary>
public sealed class Gauges
{
    static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    readonly IStore store;
    readonly TimeProvider clock;
    IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)> owed = [];
    DateTimeOffset read;

    /// <summary>Registers the gauges.</summary>
    public Gauges(IStore store, Payer payer, HouseOptions options, TimeProvider clock)
    {
        (this.store, this.clock) = (store, clock);
        Many("groupticketing.owed", "{lane}", "Lanes that owe something.", () => Owed().Select(one => Of(one.Count, one.Target)));
        Many("groupticketing.owed.oldest", "s", "Age of the oldest debt.", () => Owed().Select(one => Of((long)(clock.GetUtcNow() - one.Oldest).TotalSeconds, one.Target)));
        Many("groupticketing.target.up", null, "1 up, 0 down.", () => payer.Targets.Select(target => Of(target.Value.DownSince is null ? 1 : 0, target.Key)));
        One("groupticketing.quarantine", "{document}", "Documents in quarantine.", () => Owed().Where(one => one.Target == Debts.QuarantineLane).Sum(one => one.Count));
        if (options.Store is not null)
            return;
        var data = new DirectoryInfo(options.Data);
        One("groupticketing.data.free", "By", "Room left where the data lies.", () => new DriveInfo(data.FullName).AvailableFreeSpace);
        One("groupticketing.data.size", "By", "What the embedded store takes.", () => data.EnumerateFiles($"{House.StoreName}*").Sum(file => file.Length));
    }

    static void Many(string name, string? unit, string description, Func<IEnumerable<Measurement<long>>> read) => Telemetry.Meter.CreateObservableGauge(name, read, unit, description);

    static void One(string name, string unit, string description, Func<long> read) => Telemetry.Meter.CreateObservableGauge(name, read, unit, description);

    static Measurement<long> Of(long value, string target) => new(value, new KeyValuePair<string, object?>("target", target));

    IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)> Owed()
    {
        if (clock.GetUtcNow() - read < Kept)
            return owed;
        read = clock.GetUtcNow();
        return owed = [.. store.OwedByTarget(CancellationToken.None).GetAwaiter().GetResult().Where(one => one.Target != Debts.Clock)];
    }
}
