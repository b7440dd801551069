using System.Globalization;

namespace GroupTicketing.Simulators;

/// <summary>A wall clock that is wrong by a constant, for drills of long outages; what is measured between two moments
/// is right.</summary>
public sealed class OffsetClock(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;

    /// <summary>By <c>--clock-offset 8:00:00</c>; left out: the right time.</summary>
    public static TimeProvider From(Arguments arguments) =>
        arguments.Optional("clock-offset") is { } offset
            ? new OffsetClock(TimeSpan.Parse(offset, CultureInfo.InvariantCulture))
            : System;
}
