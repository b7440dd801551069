namespace GroupTicketing.Portal.Core;

/// <summary>How long each step took after the one before.</summary>
public static class Hops
{
    public static IReadOnlyList<Hop> From(IReadOnlyList<TimelineStep> timeline)
    {
        var hops = new List<Hop>();
        foreach (var (index, step) in timeline.OrderBy(step => step.Heard).Index())
        {
            var before = index == 0 ? step.Heard : hops[^1].Heard;
            hops.Add(
                new Hop(
                    step.What,
                    step.Speaker,
                    step.Occurred,
                    step.Heard,
                    (long)(step.Heard - before).TotalMilliseconds,
                    step.Detail
                )
            );
        }
        return hops;
    }
}

/// <summary>A step, and the milliseconds since the one before.</summary>
public sealed record Hop(string What, string Speaker, DateTimeOffset Occurred, DateTimeOffset Heard, long Ms, string? Detail);
