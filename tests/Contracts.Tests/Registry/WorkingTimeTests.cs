using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class WorkingTimeTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly Hours[] Day = [new(new(8, 0), new(12, 0)), new(new(13, 0), new(17, 0))];
    private static readonly Week Office = new(Day, Day, Day, Day, Day, [], []);
    private static readonly WorkingTime Time = new(new(Paris, Office, [new(2026, 12, 25)], 10));

    private static readonly Hours[] Night = [new(new(0, 0), new(6, 0))];
    private static readonly WorkingTime Nights = new(new(Paris, new(Night, Night, Night, Night, Night, Night, Night), [], 10));

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-11-23T08:00:00+01:00", true)]
    [InlineData("2026-11-23T07:59:59+01:00", false)]
    [InlineData("2026-11-23T12:00:00+01:00", false)]
    [InlineData("2026-11-23T16:59:59+01:00", true)]
    [InlineData("2026-11-23T07:30:00Z", true)]
    [InlineData("2026-07-20T06:30:00Z", true)]
    [InlineData("2026-07-20T15:30:00Z", false)]
    [InlineData("2026-11-22T10:00:00+01:00", false)]
    [InlineData("2026-12-25T10:00:00+01:00", false)]
    public void Work_is_in_hours_on_working_days_of_the_place(string at, bool working) =>
        Time.IsWorking(At(at)).ShouldBe(working);

    [Theory]
    [InlineData("2026-11-23T10:00:00+01:00", 0, "2026-11-23T10:00:00+01:00")]
    [InlineData("2026-11-23T10:00:00+01:00", 1, "2026-11-24T10:00:00+01:00")]
    [InlineData("2026-11-27T10:00:00+01:00", 1, "2026-11-30T10:00:00+01:00")]
    [InlineData("2026-11-28T10:00:00+01:00", 1, "2026-11-30T10:00:00+01:00")]
    [InlineData("2026-12-24T10:00:00+01:00", 1, "2026-12-28T10:00:00+01:00")]
    [InlineData("2026-12-14T22:00:00+01:00", 10, "2026-12-29T22:00:00+01:00")]
    [InlineData("2026-03-27T10:00:00+01:00", 1, "2026-03-30T10:00:00+02:00")]
    [InlineData("2026-10-23T10:00:00+02:00", 1, "2026-10-26T10:00:00+01:00")]
    [InlineData("2026-11-23T23:30:00Z", 1, "2026-11-25T00:30:00+01:00")]
    public void Working_days_keep_the_local_time(string from, int days, string to) =>
        Time.AddWorkingDays(At(from), days).ShouldBe(At(to));

    [Theory]
    [InlineData("2026-11-23T09:00:00+01:00", 0, "2026-11-23T09:00:00+01:00")]
    [InlineData("2026-11-23T09:00:00+01:00", 1.5, "2026-11-23T10:30:00+01:00")]
    [InlineData("2026-11-23T11:00:00+01:00", 2, "2026-11-23T14:00:00+01:00")]
    [InlineData("2026-11-23T20:00:00+01:00", 1, "2026-11-24T09:00:00+01:00")]
    [InlineData("2026-11-27T16:00:00+01:00", 2, "2026-11-30T09:00:00+01:00")]
    [InlineData("2026-12-24T16:00:00+01:00", 2, "2026-12-28T09:00:00+01:00")]
    [InlineData("2026-10-23T16:00:00+02:00", 2, "2026-10-26T09:00:00+01:00")]
    public void Working_hours_are_counted_over_nights_weekends_and_holidays(string from, double hours, string to)
    {
        Time.AddWorkingHours(At(from), TimeSpan.FromHours(hours)).ShouldBe(At(to));
        Time.WorkingHoursBetween(At(from), At(to)).TotalHours.ShouldBe(hours);
    }

    [Fact]
    public void A_local_time_that_does_not_exist_is_read_an_hour_later() =>
        Nights.AddWorkingDays(At("2026-03-28T02:30:00+01:00"), 1).ShouldBe(At("2026-03-29T03:30:00+02:00"));

    [Fact]
    public void A_local_time_that_comes_twice_is_the_later_one() =>
        Nights.AddWorkingDays(At("2026-10-24T02:30:00+02:00"), 1).ShouldBe(At("2026-10-25T02:30:00+01:00"));

    [Theory]
    [InlineData("2026-11-23T09:00:00+01:00", "2026-11-23T10:30:00+01:00", 1.5)]
    [InlineData("2026-11-23T11:00:00+01:00", "2026-11-23T14:00:00+01:00", 2)]
    [InlineData("2026-11-27T16:00:00+01:00", "2026-11-30T09:00:00+01:00", 2)]
    [InlineData("2026-11-23T00:00:00+01:00", "2026-11-30T00:00:00+01:00", 40)]
    [InlineData("2026-12-21T00:00:00+01:00", "2026-12-28T00:00:00+01:00", 32)]
    [InlineData("2026-11-23T10:00:00+01:00", "2026-11-23T09:00:00+01:00", 0)]
    [InlineData("2026-10-19T00:00:00+02:00", "2026-11-02T00:00:00+01:00", 80)]
    public void Working_hours_leave_out_nights_weekends_and_holidays(string from, string to, double hours) =>
        Time.WorkingHoursBetween(At(from), At(to)).TotalHours.ShouldBe(hours);

    [Theory]
    [InlineData("2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00", 5)]
    [InlineData("2026-10-24T12:00:00+02:00", "2026-10-25T12:00:00+01:00", 7)]
    [InlineData("2026-10-25T12:00:00+01:00", "2026-10-26T12:00:00+01:00", 6)]
    public void The_nights_of_the_time_change_are_counted_as_long_as_they_are(string from, string to, double hours) =>
        Nights.WorkingHoursBetween(At(from), At(to)).TotalHours.ShouldBe(hours);

    [Fact]
    public void Work_that_begins_or_ends_in_the_hour_that_comes_twice_includes_both()
    {
        Hours[] early = [new(new(1, 0), new(2, 15)), new(new(2, 30), new(4, 0))];
        var time = new WorkingTime(new(Paris, new(early, early, early, early, early, early, early), [], 10));

        time.IsWorking(At("2026-10-25T02:45:00+02:00")).ShouldBeTrue();
        time.IsWorking(At("2026-10-25T02:10:00+01:00")).ShouldBeTrue();
        time.WorkingHoursBetween(At("2026-10-25T00:00:00+02:00"), At("2026-10-25T05:00:00+01:00")).TotalHours.ShouldBe(4);
    }

    [Fact]
    public void Counting_agrees_with_asking_every_minute()
    {
        foreach (var time in new[] { Time, Nights })
            foreach (var begin in new[] { "2026-03-27T00:00:00Z", "2026-10-23T00:00:00Z", "2026-12-23T00:00:00Z" })
            {
                var from = At(begin);
                var minutes = Enumerable.Range(0, 5 * 24 * 60).Count(m => time.IsWorking(from.AddMinutes(m)));
                time.WorkingHoursBetween(from, from.AddDays(5)).TotalMinutes.ShouldBe(minutes);
            }
    }

    [Fact]
    public void Days_are_not_counted_backwards_nor_without_end()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Time.AddWorkingDays(At("2026-11-23T10:00:00Z"), -1));
        Should.Throw<ArgumentOutOfRangeException>(() => Time.AddWorkingDays(At("2026-11-23T10:00:00Z"), 10_001));
        var never = new WorkingTime(new(Paris, new([], [], [], [], [], [], []), [], 10));
        Should.Throw<InvalidOperationException>(() => never.AddWorkingDays(At("2026-11-23T10:00:00Z"), 1));
    }
}
