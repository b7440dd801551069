using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>A gauge shows what was last counted, for a minute.</summary>
public sealed class LastCountTests
{
    readonly FakeTimeProvider clock = new();
    readonly LastCount<string> count;

    public LastCountTests() => count = new(clock);

    IEnumerable<long> Shown => count.Measure(text => [new Measurement<long>(text.Length)]).Select(one => one.Value);

    [Fact]
    public void Nothing_before_it_was_counted() => Shown.ShouldBeEmpty();

    [Fact]
    public void What_was_last_counted_for_a_minute_and_then_nothing()
    {
        count.Note("four");
        clock.Advance(TimeSpan.FromSeconds(30));
        count.Note("three");
        clock.Advance(LastCount<string>.Longest);
        Shown.ShouldBe([5]);

        clock.Advance(TimeSpan.FromSeconds(1));
        Shown.ShouldBeEmpty("nobody could renew it");
    }
}
