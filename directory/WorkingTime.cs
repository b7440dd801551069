namespace GroupTicketing.Directory;

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
        var day = LocalDay(from);
        while (hours > TimeSpan.Zero)
        {
            foreach (var stretch in StretchesOf(day))
            {
                var begin = stretch.From > from ? stretch.From : from;
                if (stretch.To <= begin)
                    continue;
                if (stretch.To - begin >= hours)
                    return begin + hours;
                hours -= stretch.To - begin;
                from = stretch.To; // In the hour that comes twice two stretches can overlap: no minute counts twice.
            }
            day = NextWorkingDay(day);
        }
        return from;
    }

    /// <summary>Working time that passed between two instants; zero when <paramref name="to"/> is not later.</summary>
    public TimeSpan WorkingHoursBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        for (var day = LocalDay(from); from < to && day <= LocalDay(to); day = day.AddDays(1))
            foreach (var stretch in StretchesOf(day))
            {
                var begin = stretch.From > from ? stretch.From : from;
                var end = stretch.To < to ? stretch.To : to;
                if (end <= begin)
                    continue;
                sum += end - begin;
                from = end; // In the hour that comes twice two stretches can overlap: no minute counts twice.
            }
        return sum;
    }

    private enum Twice
    {
        First,
        Second,
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
