using GroupTicketing.ItopConnector.Adapters;

namespace GroupTicketing.Services.Tests;

public sealed class LatestTests
{
    const int Most = 3;

    readonly Latest<string> known = new(Most);

    [Fact]
    public void The_latest_are_known_and_at_most_twice_as_many()
    {
        foreach (var number in Enumerable.Range(1, 100))
        {
            known.Set($"{number}", $"of {number}");
            Known(number - Most + 1, number).ShouldBe(Math.Min(number, Most), $"after {number}");
            Known(1, number).ShouldBeLessThanOrEqualTo(2 * Most);
        }
        known.TryGet("100", out var value).ShouldBeTrue();
        value.ShouldBe("of 100");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a", "b", "c", "d")]
    public void What_is_known_already_is_not_added_and_can_be_set_also_once_it_has_grown_old(params string[] keys)
    {
        foreach (var key in keys)
            known.Set(key, "first");
        known.TryAdd("a", "second");
        Of("a").ShouldBe("first");
        known.Set("a", "third");
        Of("a").ShouldBe("third");
    }

    [Fact]
    public void Cleared_it_knows_nothing()
    {
        foreach (var key in new[] { "a", "b", "c", "d" })
            known.Set(key, "first");
        known.Clear();
        foreach (var key in new[] { "a", "d" })
            known.TryGet(key, out _).ShouldBeFalse();
    }

    string Of(string key) => known.TryGet(key, out var value) ? value : "unknown";

    int Known(int from, int to) => Enumerable.Range(from, to - from + 1).Count(number => known.TryGet($"{number}", out _));
}
