namespace GroupTicketing.Platform.Tests;

/// <summary>Growing pauses, then an even one for as long as it takes.</summary>
public sealed class RetryScheduleTests
{
    [Fact]
    public void Schools_are_tried_soon_then_every_two_minutes() =>
        Seconds(RetrySchedule.Schools, 1, 2, 3, 4, 5, 6, 1_000_000).ShouldBe([5, 30, 120, 300, 120, 120, 120]);

    [Fact]
    public void Itop_is_tried_every_four_seconds_for_a_minute_then_every_thirty() =>
        Seconds(RetrySchedule.Itop, 1, 2, 3, 4, 16, 17, 18).ShouldBe([1, 2, 4, 4, 4, 30, 30]);

    [Fact]
    public void The_bus_is_tried_every_five_seconds() => Seconds(RetrySchedule.Bus, 0, 1, 2, 3, 9).ShouldBe([1, 1, 2, 5, 5]);

    [Theory]
    [InlineData(0, 120)]
    [InlineData(0.5, 108)]
    [InlineData(1, 96)]
    public void Up_to_a_fifth_is_taken_off_by_chance(double chance, double seconds) =>
        RetrySchedule.Schools.After(99, chance).TotalSeconds.ShouldBe(seconds);

    static double[] Seconds(RetrySchedule schedule, params int[] failures) =>
        [.. failures.Select(count => schedule.After(count, 0).TotalSeconds)];
}
