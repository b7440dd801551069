namespace GroupTicketing.Prove;

/// <summary>What many measured times say together.</summary>
static class Percentile
{
    /// <summary>The time that 99 of 100 do not exceed.</summary>
    public static TimeSpan Of99(IReadOnlyCollection<TimeSpan> times) => Of(times, 0.99);

    /// <summary>The middle one.</summary>
    public static TimeSpan Median(IReadOnlyCollection<TimeSpan> times) => Of(times, 0.5);

    static TimeSpan Of(IReadOnlyCollection<TimeSpan> times, double share) =>
        times.Order().ElementAt(Math.Min(times.Count - 1, (int)(times.Count * share)));
}
