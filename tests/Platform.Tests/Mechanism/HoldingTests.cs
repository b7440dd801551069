namespace GroupTicketing.Platform.Tests;

/// <summary>Whether one more call may begin, and what follows an end: tables of what a target holds.</summary>
public class HoldingTests
{
    static readonly TimeSpan now = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(7, 0, 0, true)] // It flows: as many as come.
    [InlineData(0, 1, 0, true)] // One more is on its way.
    [InlineData(0, 0, 1, true)]
    [InlineData(1, 1, 0, false)]
    [InlineData(1, 0, 1, false)]
    [InlineData(0, 2, 0, false)]
    [InlineData(0, 1, 1, false)]
    [InlineData(0, 0, 2, false)]
    [InlineData(7, 1, 0, false)] // Those that began while it flowed.
    public void One_more_begins_unless_two_are_there_of_which_one_is_held(int underWay, int held, int left, bool begins)
    {
        var begun = Of(underWay, held, left).Begin(now);

        begun?.UnderWay.ShouldBe(underWay + 1);
        (begun is not null).ShouldBe(begins);
    }

    [Theory]
    [InlineData(CallEnd.Answered, false, 0, 1, 0, 0)]
    [InlineData(CallEnd.Answered, true, 1, 0, 0, 0)]
    [InlineData(CallEnd.Left, false, 0, 1, 2, 2)]
    [InlineData(CallEnd.Left, true, 1, 0, 2, 2)]
    [InlineData(CallEnd.Failed, false, 0, 1, 1, 1)]
    [InlineData(CallEnd.Failed, true, 1, 0, 1, 1)]
    public void What_follows_an_end(CallEnd end, bool isHeld, int underWay, int held, int left, int pauses)
    {
        var after = Of(1, 1, 1).Observe(end, isHeld, now);

        (after.UnderWay, after.Held, after.Lingering.Count, after.Pauses).ShouldBe((underWay, held, left, pauses));
    }

    [Fact]
    public void A_call_that_nobody_waits_for_any_more_is_held()
    {
        var after = Of(1, 0, 0).GoesOn();

        (after.UnderWay, after.Held).ShouldBe((0, 1));
    }

    [Fact]
    public void A_worker_that_is_left_is_believed_to_be_at_it_for_one_two_five_and_ten_minutes()
    {
        var holding = Holding.Nothing;
        foreach (var minutes in new[] { 1, 2, 5, 10, 10 })
        {
            holding = holding.Begin(now)!.Observe(CallEnd.Left, isHeld: false, now);
            holding = holding with { Lingering = [holding.Lingering[^1]] };
            holding.Lingering[0].ShouldBe(now + TimeSpan.FromMinutes(minutes));
        }
        holding.Begin(holding.Lingering[0] - TimeSpan.FromTicks(1))!.Begin(now).ShouldBeNull();
        holding.Begin(holding.Lingering[0])!.Lingering.ShouldBeEmpty();
    }

    static Holding Of(int underWay, int held, int left) =>
        new(underWay, held, [.. Enumerable.Repeat(now + TimeSpan.FromMinutes(1), left)], left);
}
