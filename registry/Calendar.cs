namespace GroupTicketing.Registry;

/// <summary>When people work: <c>calendar.yaml</c>.</summary>
/// <param name="TimeZone">Default Europe/Paris.</param>
/// <param name="Week">Working hours, local time; at least one day has some.</param>
/// <param name="Holidays">Days nobody works.</param>
/// <param name="SilenceClosesAfter">Working days after which an unanswered solution closes its ticket: 1 to 250,
/// default 10.</param>
/// <param name="UntakenRemindsAfter">Working hours after which the team of a ticket that nobody took is reminded, and
/// after as many again the C2IP: 1 to 500, default 8.</param>
/// <param name="SilenceRemindsAfter">Working days after which the team of a ticket that was taken and is silent is
/// reminded, and after as many again the C2IP: 1 to 250, default 5.</param>
public sealed record Calendar(
    TimeZoneInfo TimeZone,
    Week Week,
    IReadOnlyList<DateOnly> Holidays,
    int SilenceClosesAfter,
    int UntakenRemindsAfter = 8,
    int SilenceRemindsAfter = 5
)
{
    /// <summary>The group's calendar with a school's own holidays added.</summary>
    public Calendar For(School school) => this with { Holidays = [.. Holidays.Union(school.Holidays)] };
}

/// <summary>Working hours of each weekday, in order and apart; none: a day off.</summary>
public sealed record Week(
    IReadOnlyList<Hours> Monday,
    IReadOnlyList<Hours> Tuesday,
    IReadOnlyList<Hours> Wednesday,
    IReadOnlyList<Hours> Thursday,
    IReadOnlyList<Hours> Friday,
    IReadOnlyList<Hours> Saturday,
    IReadOnlyList<Hours> Sunday)
{
    public IReadOnlyList<Hours> On(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday => Monday,
        DayOfWeek.Tuesday => Tuesday,
        DayOfWeek.Wednesday => Wednesday,
        DayOfWeek.Thursday => Thursday,
        DayOfWeek.Friday => Friday,
        DayOfWeek.Saturday => Saturday,
        _ => Sunday,
    };
}

/// <summary>A stretch of a day, written <c>09:00-12:30</c>. The end is not part of it.</summary>
public readonly record struct Hours(TimeOnly From, TimeOnly To);
