using System.Diagnostics;

namespace GroupTicketing.Registry;

/// <summary>Counts in a calendar's working days and hours; pure. Daylight saving is the time zone's.</summary>
public sealed class WorkingTime(Calendar calendar)
{
    private readonly HashSet<DateOnly> holidays = [.. calendar.Holidays];

    /// <summary>Whether someone works at that instant.</summary>
    public bool IsWorking(DateTimeOffset at) => StretchesOf(LocalDay(at)).Any(s => s.From <= at && at < s.To);

    /// <summary>The same local time, that many working days later. Counting begins with the next working day.</summary>
    /// <param name="from">Any instant, working or not.</param>
    /// <param name="days">0 to 10,000; 0 gives <paramref name="from"/> back.</param>
    /// <exception cref="ArgumentOutOfRangeException">Days outside 0 to 10,000.</exception>
    /// <exception cref="InvalidOperationException">The calendar has no working day for two years.</exception>
    public DateTimeOffset AddWorkingDays(DateTimeOffset from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 10_000);
        if (days == 0)
            return from;

        var local = TimeZoneInfo.ConvertTime(from, calendar.TimeZone);
        var day = DateOnly.FromDateTime(local.Date);
        for (var left = days; left > 0; left--)
            day = NextWorkingDay(day);
        return Instant(day, TimeOnly.FromTimeSpan(local.TimeOfDay), Twice.Second);
    }

    /// <summary>The instant at which that much working time has passed.</summary>
    /// <param name="from">Any instant, working or not.</param>
    /// <param name="hours">Zero or more; zero gives <paramref name="from"/> back.</param>
    /// <exception cref="InvalidOperationException">The calendar has no working day for two years.</exception>
    public DateTimeOffset AddWorkingHours(DateTimeOffset from, TimeSpan hours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hours, TimeSpan.Zero);
        if (hours == TimeSpan.Zero)
            return from;
        foreach (var (begin, end) in WorkAfter(from, WorkingDaysFrom(LocalDay(from))))
        {
            if (end - begin >= hours)
                return begin + hours;
            hours -= end - begin;
        }
        throw new UnreachableException("days have no end");
    }

    /// <summary>Working time that passed between two instants; zero when <paramref name="to"/> is not later.</summary>
    public TimeSpan WorkingHoursBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        foreach (var (begin, end) in WorkAfter(from, DaysBetween(LocalDay(from), LocalDay(to))).TakeWhile(work => work.From < to))
            sum += (end < to ? end : to) - begin;
        return sum;
    }

    private enum Twice
    {
        First,
        Second,
    }

    // What is left of these days after an instant.
    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> WorkAfter(DateTimeOffset from, IEnumerable<DateOnly> days)
    {
        foreach (var stretch in days.SelectMany(StretchesOf).Where(stretch => stretch.To > from))
        {
            yield return (stretch.From > from ? stretch.From : from, stretch.To);
            from = stretch.To; // In the hour that comes twice two stretches can overlap: no minute counts twice.
        }
    }

    private static IEnumerable<DateOnly> DaysBetween(DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last; day = day.AddDays(1))
            yield return day;
    }

    private IEnumerable<DateOnly> WorkingDaysFrom(DateOnly first)
    {
        for (var day = first; ; day = NextWorkingDay(day))
            yield return day;
    }

    private DateOnly NextWorkingDay(DateOnly day)
    {
        for (var step = 1; step <= 2 * 366; step++)
            if (IsWorkingDay(day.AddDays(step)))
                return day.AddDays(step);
        throw new InvalidOperationException($"The calendar has no working day in the two years after {day:yyyy-MM-dd}.");
    }

    private bool IsWorkingDay(DateOnly day) => !holidays.Contains(day) && calendar.Week.On(day.DayOfWeek).Count > 0;

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> StretchesOf(DateOnly day) =>
        IsWorkingDay(day)
            ? calendar.Week.On(day.DayOfWeek).Select(h => (Instant(day, h.From, Twice.First), Instant(day, h.To, Twice.Second)))
            : [];

    private DateOnly LocalDay(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, calendar.TimeZone).Date);

    // A local time can come twice in autumn and not at all in spring, where it is read an hour later.
    private DateTimeOffset Instant(DateOnly day, TimeOnly time, Twice twice)
    {
        var local = day.ToDateTime(time);
        if (calendar.TimeZone.IsInvalidTime(local))
            return new(local, calendar.TimeZone.GetUtcOffset(local.AddHours(-1)));
        if (!calendar.TimeZone.IsAmbiguousTime(local))
            return new(local, calendar.TimeZone.GetUtcOffset(local));

        var offsets = calendar.TimeZone.GetAmbiguousTimeOffsets(local);
        return new(local, twice == Twice.First ? offsets.Max() : offsets.Min());
    }
}
