using System.Globalization;

namespace GroupTicketing.Registry.Reading;

/// <summary><c>calendar.yaml</c>.</summary>
internal static class ReadCalendar
{
    private static readonly Week NoWeek = new([], [], [], [], [], [], []);

    public static Calendar From(string path, Problems problems)
    {
        var file = new Fields(YamlFile.Read(path, problems), problems.In(path), "calendar");
        if (file.Line == 0)
            return new(TimeZoneInfo.Utc, NoWeek, [], 10);

        var calendar = new Calendar(
            ReadTimeZone(file),
            ReadWeek(file),
            Days(file, "holidays"),
            file.Number("silenceClosesAfter", 1, 250) ?? 10,
            file.Number("untakenRemindsAfter", 1, 500) ?? 8,
            file.Number("silenceRemindsAfter", 1, 250) ?? 5);
        file.Done();
        return calendar;
    }

    /// <summary>A list of days written 2026-12-25.</summary>
    public static IReadOnlyList<DateOnly> Days(Fields fields, string key)
    {
        var days = new List<DateOnly>();
        var once = new Once(FileTexts.Text("TheHoliday"));
        foreach (var (text, line) in fields.Texts(key))
        {
            once.Use(text, line, fields.Problems);
            if (Day(text, line, fields) is { } day)
                days.Add(day);
        }
        return days;
    }

    /// <summary>One day, or null where none is written.</summary>
    public static DateOnly? DayOrNull(Fields fields, string key) =>
        fields.TextOrNull(key) is { } text ? Day(text, fields.LineOf(key), fields) : null;

    private static DateOnly? Day(string text, int line, Fields fields)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        fields.Problems.Error(line, FileTexts.Text("NotADay", text));
        return null;
    }

    private static TimeZoneInfo ReadTimeZone(Fields file)
    {
        var name = file.TextOrNull("timeZone") ?? "Europe/Paris";
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        file.Problems.Error(file.LineOf("timeZone"), FileTexts.Text("NotATimeZone", name));
        return TimeZoneInfo.Utc;
    }

    private static Week ReadWeek(Fields file)
    {
        var (week, days) = (NoWeek, file.Group("week"));
        if (days is not null)
        {
            week = new(
                Stretches(days, "monday"),
                Stretches(days, "tuesday"),
                Stretches(days, "wednesday"),
                Stretches(days, "thursday"),
                Stretches(days, "friday"),
                Stretches(days, "saturday"),
                Stretches(days, "sunday"));
            days.Done();
        }
        if (days is not { IsSound: false } && Enum.GetValues<DayOfWeek>().All(d => week.On(d).Count == 0))
            file.Missing("week", file.LineOf("week"), FileTexts.Text("NoWorkingHours"));
        return week;
    }

    private static IReadOnlyList<Hours> Stretches(Fields week, string day)
    {
        var stretches = new List<Hours>();
        foreach (var (text, line) in week.Texts(day))
        {
            if (Parse(text) is not { } hours)
                week.Problems.Error(line, FileTexts.Text("NotHours", day, text));
            else if (stretches.Count > 0 && hours.From <= stretches[^1].To)
                week.Problems.Error(line, FileTexts.Text("HoursOverlap", day, text));
            else
                stretches.Add(hours);
        }
        return stretches;
    }

    private static Hours? Parse(string text)
    {
        if (text.Split('-') is [var from, var to] && Time(from) is { } begin && Time(to) is { } end && begin < end)
            return new(begin, end);
        return null;
    }

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;
}
