namespace GroupTicketing.Simulators.Tests;

/// <summary>The real clock, plus what the test stepped ahead.</summary>
public sealed class SteppingClock : TimeProvider
{
    private TimeSpan _ahead;

    public void Step(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
}
