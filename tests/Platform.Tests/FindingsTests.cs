using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>What somebody has to mend lies in the store: any process may find it and any may show it.</summary>
public class FindingsTests
{
    static readonly CancellationToken ct = CancellationToken.None;
    static readonly DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    readonly MemoryStore store = new();
    readonly FakeTimeProvider clock = new(noon);

    Findings Another => new(store, clock);

    [Fact]
    public async Task The_same_is_listed_once_with_how_often_and_how_long()
    {
        await Another.Note("school:lyon", "refused-event", "/data/visibility", ct);
        await Another.Note("school:lyon", "refused-event", "/data/by", ct);
        clock.Advance(TimeSpan.FromHours(1));
        await Another.Note("school:lyon", "refused-event", "/data/visibility", ct);

        var all = await Another.All(ct);

        all.Select(one => one.What).ShouldBe(["/data/visibility", "/data/by"]);
        all[0].ShouldBe(new Finding("school:lyon", "refused-event", "/data/visibility", noon, noon.AddHours(1), 2));
    }

    [Fact]
    public async Task What_is_mended_is_listed_no_more()
    {
        await Another.Note("school:lyon", "gesture-unreadable", "Escalate to group", ct);
        await Another.Mended("school:lyon", "gesture-unreadable", "Escalate to group", ct);
        await Another.Mended("school:lyon", "gesture-unreadable", "Escalate to group", ct);

        (await Another.All(ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_fifty_of_a_kind_the_others_are_one_line()
    {
        foreach (var number in Enumerable.Range(1, 80))
            await Another.Note("school:lyon", "unread-item", $"{number}", ct);
        await Another.Note("school:toulouse", "unread-item", "1", ct);

        var all = await Another.All(ct);

        all.Count.ShouldBe(52);
        all.Single(one => one.What == "…").Count.ShouldBe(30);
    }

    [Fact]
    public async Task A_school_whose_name_begins_another_s_is_another()
    {
        await Another.Note("school:lyon", "unread-item", "1", ct);
        await Another.Mended("school:ly", "unread-item", "1", ct);

        (await Another.All(ct)).ShouldHaveSingleItem();
    }
}
