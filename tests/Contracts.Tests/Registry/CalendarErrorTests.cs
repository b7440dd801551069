namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class CalendarErrorTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("week:", "timeZone: Europe/Lyon\nweek:", 1, "'Europe/Lyon' is not a time zone")]
    [InlineData("tuesday: 08:00-16:00", "tuesday: 16:00-08:00", 3, "tuesday: '16:00-08:00' is not a stretch of hours")]
    [InlineData("tuesday: 08:00-16:00", "tuesday: 8h-16h", 3, "tuesday: '8h-16h' is not a stretch of hours")]
    [InlineData("tuesday: 08:00-16:00", "teusday: 08:00-16:00", 3, "did you mean 'tuesday'?")]
    [InlineData("13:00-17:00", "11:00-17:00", 2, "begins before the one above it ends")]
    [InlineData("13:00-17:00", "12:00-17:00", 2, "begins before the one above it ends")]
    [InlineData("2026-12-25", "2026-12-25, 2026-12-25", 7, "the holiday '2026-12-25' is already used")]
    [InlineData("week:", "silenceClosesAfter: 0\nweek:", 1, "from 1 to 250, not '0'")]
    public void Each_mistake_is_told_where_it_is(string from, string to, int line, string text)
    {
        folder.Sound();

        folder.Change("calendar.yaml", from, to);

        var error = folder.Load().Errors.ShouldHaveSingleItem();
        error.Line.ShouldBe(line);
        error.Text.ShouldContain(text);
    }

    [Fact]
    public void A_week_without_work_is_refused()
    {
        folder.Write("calendar.yaml", "holidays: []");

        folder.Load().Errors.ShouldHaveSingleItem().Text.ShouldContain("no working hours");
    }
}
