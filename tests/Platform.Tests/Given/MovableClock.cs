namespace GroupTicketing.Platform.Tests;

/// <summary>A clock whose wall time jumps both ways while real time only goes on.</summary>
sealed class MovableClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Real time since the start.</summary>
    public TimeSpan Real { get; private set; }

    /// <summary>How far the wall clock is from real time.</summary>
    public TimeSpan Offset { get; private set; }

    public override DateTimeOffset GetUtcNow() => Start + Real + Offset;

    public override long GetTimestamp() => Real.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time) => Real += time;

    public void Jump(TimeSpan by) => Offset += by;
}
