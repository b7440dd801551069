namespace GroupTicketing.ItopConnector.Core;

/// <summary>Clocks, zones and how long calls take.</summary>
static class Times
{
    // The polls look two minutes back: a clock further behind hides changes from them.
    static readonly TimeSpan Hidden = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Noticed = TimeSpan.FromSeconds(30);

    // Observed: about 0.1 s. At a second, 16 writes a second are four with four writers.
    static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public static IEnumerable<Finding> Check(Observed seen)
    {
        yield return Clock(seen.ClockAhead);
        yield return Zone(seen);
        if (seen.Tried is { } tried)
            yield return Ticket(tried);
        if (seen.Calls.Count > 0)
            yield return Calls(seen.Calls);
    }

    static Finding Clock(TimeSpan? ahead) => ahead switch
    {
        null => new(Health.Untold, "ClockUntold"),
        { } gap when gap.Duration() >= Hidden => new(Health.Broken, "ClockOff", Seconds(gap)),
        { } gap when gap.Duration() >= Noticed => new(Health.Ailing, "ClockOff", Seconds(gap)),
        { } gap => new(Health.Well, "Clock", Seconds(gap)),
    };

    static Finding Zone(Observed seen)
    {
        if (seen.Tried?.ZoneAhead is { } ahead)
            return ahead.Duration() < Hidden ? new(Health.Well, "Zone") : new(Health.Broken, "ZoneOff", Seconds(ahead));
        return seen.HasChangesToCome ? new(Health.Broken, "ZoneAhead") : new(Health.Untold, "ZoneUntold");
    }

    static Finding Ticket(TriedTicket tried) => tried switch
    {
        { Failed: { } reason } => new(Health.Broken, "TriedFailed", reason, tried.Reference ?? "-"),
        { Author: var author } when author != tried.Contact => new(Health.Ailing, "TriedAuthor", author ?? "-", tried.Contact),
        _ => new(Health.Well, "Tried", tried.Reference ?? "-"),
    };

    static Finding Calls(IReadOnlyList<TimeSpan> calls)
    {
        var median = calls.Order().ElementAt(calls.Count / 2);
        return new(
            median > Slow ? Health.Ailing : Health.Well,
            median > Slow ? "CallsSlow" : "Calls",
            (int)median.TotalMilliseconds,
            calls.Count
        );
    }

    static object Seconds(TimeSpan gap) => (int)gap.TotalSeconds;
}
