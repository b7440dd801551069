using System.Diagnostics.Metrics;

namespace GroupTicketing.Platform;

/// <summary>What was last counted for a gauge, which must not wait for the store itself. After a minute it says
/// nothing: a figure that nobody can renew is none.</summary>
public sealed class LastCount<T>(TimeProvider clock)
    where T : class
{
    /// <summary>How old a count may become.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    Counted? last;

    /// <summary>This is so now.</summary>
    public void Note(T value) => last = new Counted(value, clock.GetTimestamp());

    /// <summary>What it means for a gauge; nothing where it is too old, or was never counted.</summary>
    public IEnumerable<Measurement<long>> Measure(Func<T, IEnumerable<Measurement<long>>> read) =>
        last is { } counted && clock.GetElapsedTime(counted.At) <= Longest ? read(counted.Value) : [];

    sealed record Counted(T Value, long At);
}
