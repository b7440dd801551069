using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Platform.Tests;

/// <summary>What people ask of reconcile and what they see of it lie in the store: any process may ask and any may
/// show.</summary>
public class ReconciliationTests
{
    static readonly CancellationToken ct = CancellationToken.None;
    static readonly DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    readonly MemoryStore store = new();

    Reconciliation Another => new(store, new FakeTimeProvider(noon));

    [Fact]
    public async Task What_is_asked_of_a_side_is_asked_until_it_is_done()
    {
        await Another.Ask("itop", null, ct);
        await Another.Ask("itop", "t1", ct);
        await Another.Ask("school:lyon", "t1", ct);

        var asked = await Another.Asked("itop", ct);
        asked.Select(one => one.Ticket).ShouldBe([null, "t1"]);
        (await Another.Asked("itop", ct)).Count.ShouldBe(2, "who was killed before it was done asks again");
        await Another.Done("itop", asked, ct);

        (await Another.Asked("itop", ct)).ShouldBeEmpty();
        (await Another.Asked("school:lyon", ct)).ShouldHaveSingleItem();
        (await Another.Asked("school:ly", ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_asked_once_more_while_it_is_read_stays()
    {
        await Another.Ask("itop", null, ct);
        var asked = await Another.Asked("itop", ct);
        await new Reconciliation(store, new FakeTimeProvider(noon.AddSeconds(3))).Ask("itop", null, ct);

        await Another.Done("itop", asked, ct);

        (await Another.Asked("itop", ct)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Repairs_are_counted_by_cause_over_all_readings()
    {
        await Another.Repaired("itop", "change-not-polled", ct);
        await Another.Report(
            new ReconcileReport("itop", noon, noon.AddSeconds(4), 412, 1, null, new Dictionary<string, long>()),
            ct
        );
        await Another.Repaired("itop", "change-not-polled", ct);

        var report = (await Another.Reports(ct)).ShouldHaveSingleItem();

        (report.Side, report.Read, report.Differing, report.Repaired["change-not-polled"]).ShouldBe(("itop", 412, 1, 2));
    }

    [Fact]
    public async Task What_a_side_lost_is_news_once_and_the_latest_is_shown_first()
    {
        (await Another.Lost("itop", "t1", "1065", noon, ct)).ShouldBeTrue();
        (await Another.Lost("itop", "t1", "1065", noon, ct)).ShouldBeFalse("the next reading finds it lost as well");
        (await Another.Lost("itop", "t1", "1066", noon.AddHours(1), ct)).ShouldBeTrue();
        (await Another.Lost("itop", "t2", "1065", noon.AddHours(2), ct)).ShouldBeTrue();

        (await Another.Lost(ct))
            .Select(loss => (loss.Ticket, loss.At))
            .ShouldBe([("t2", noon.AddHours(2)), ("t1", noon.AddHours(1)), ("t1", noon)]);
    }

    [Fact]
    public async Task A_side_with_something_pending_says_so()
    {
        await store.Save(
            new StoredDocument("itop/t1", 1, [], null, noon, null),
            [new PendingLane("itop/t1", "itop", "itop", noon, noon, 1)],
            ct
        );

        (await Another.HasPending("itop", "t1", "itop", ct)).ShouldBeTrue();
        (await Another.HasPending("itop", "t1", "bus", ct)).ShouldBeFalse();
        (await Another.HasPending("routing", "t1", "itop", ct)).ShouldBeFalse();
    }
}
