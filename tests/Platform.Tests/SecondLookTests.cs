namespace GroupTicketing.Platform.Tests;

/// <summary>Only the same difference, seen in a reading begun long enough after the first, is one.</summary>
public class SecondLookTests
{
    static readonly DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    readonly SecondLook look = new();

    [Fact]
    public void Seen_once_it_is_not_believed()
    {
        look.Confirms("t1", "c1", noon).ShouldBeFalse();
        look.Confirms("t1", "c1", noon.AddSeconds(29)).ShouldBeFalse();
        look.Count.ShouldBe(1);
        look.Due(noon.AddSeconds(29)).ShouldBeEmpty();
    }

    [Fact]
    public void Seen_again_half_a_minute_later_it_is()
    {
        look.Confirms("t1", "c1", noon);

        look.Due(noon.AddSeconds(30)).ShouldBe(["t1"]);
        look.Confirms("t1", "c1", noon.AddSeconds(30)).ShouldBeTrue();
    }

    [Fact]
    public void Another_difference_begins_anew()
    {
        look.Confirms("t1", "c1", noon);

        look.Confirms("t1", "c1 c2", noon.AddSeconds(40)).ShouldBeFalse("c2 may be on its way");
        look.Confirms("t1", "c1 c2", noon.AddSeconds(70)).ShouldBeTrue();
    }

    [Fact]
    public void What_arrived_meanwhile_was_on_its_way()
    {
        look.Confirms("t1", "c1", noon);

        look.Confirms("t1", null, noon.AddSeconds(30)).ShouldBeFalse();
        look.Count.ShouldBe(0);
    }
}
