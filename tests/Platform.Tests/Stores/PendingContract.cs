using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Platform.Tests;

/// <summary>What every store promises for the index of what is pending: it is the one written with the document, no more and no
/// less.</summary>
public sealed class PendingContract
{
    public static TheoryData<string> Stores => StoresUnderTest.Names;

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Due_lanes_come_longest_due_first(string store) => StoresUnderTest.With(store, async open =>
        {
            await open.Save(
                Doc("service/a", 1),
                [
                    Pending("service/a", "later", due: 20),
                    Pending("service/a", "now", due: 5),
                    Pending("service/a", "mail", "mail", due: 0),
                ],
                Ct
            );
            await open.Save(
                Doc("service/b", 1),
                [Pending("service/b", "first", due: 1), Pending("service/b", "stopped", due: null)],
                Ct
            );

            (await Due(open, 10)).ShouldBe("first now");
            (await Due(open, 10, limit: 1)).ShouldBe("first");
            (await Due(open, 4)).ShouldBe("first");
            (await Due(open, 5)).ShouldBe("first now", "due at this very moment");
            (await Due(open, 100_000)).ShouldBe("first now later", "what has no due time is never due");
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Each_save_replaces_what_is_pending_in_the_document(string store) => StoresUnderTest.With(store, async open =>
    {
        await open.Save(Doc("service/a", 1), [Pending("service/a", "one"), Pending("service/a", "two")], Ct);
        await open.Save(Doc("service/other", 1), [Pending("service/other", "one")], Ct);
        await open.Save(Doc("service/a", 2), [Pending("service/a", "two", count: 7), Pending("service/a", "three")], Ct);

        var pending = await open.AllPending("service/a", 10, Ct);
        pending.Select(one => one.Lane).ShouldBe(["three", "two"], ignoreOrder: true);
        pending.Single(one => one.Lane == "two").ShouldBe(Pending("service/a", "two", count: 7));

        await open.Save(Doc("service/a", 3), [], Ct);
        (await open.AllPending("service/a", 10, Ct)).ShouldBeEmpty();
        (await open.AllPending(null, 10, Ct)).Single().Key.ShouldBe("service/other");

        await open.Save(Doc("service/a", 4), [Pending("service/a", "four")], Ct);
        (await Due(open, 10)).Split(' ').ShouldBe(["four", "one"], ignoreOrder: true);
    });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task What_waits_for_a_person_is_listed_first_with_its_reason_then_the_oldest(string store) =>
        StoresUnderTest.With(store, async open =>
        {
            await open.Save(
                Doc("service/a", 1),
                [Pending("service/a", "stopped", due: null, since: 1), Pending("service/a", "young", since: 9)],
                Ct
            );
            await open.Save(Doc("service/b", 1), [Pending("service/b", "mail", "mail", since: 5)], Ct);

            await open.Save(
                Doc("service/c", 1),
                [Pending("service/c", "blocked", due: null, since: 30) with { Error = "unknown caller" }],
                Ct
            );

            (await open.AllPending(null, 10, Ct))
                .Select(pending => (pending.Lane, pending.Error))
                .ShouldBe([("stopped", null), ("blocked", "unknown caller"), ("mail", null), ("young", null)]);
            await open.Save(Doc("service/c", 2), [Pending("service/c", "reminder", Outbox.Clock, since: 0)], Ct);
            (await open.AllPending(null, 10, Ct)).ShouldNotContain(
                pending => pending.Lane == "reminder",
                "a reminder waits for nobody"
            );
            (await open.AllPending("service/c", 10, Ct)).ShouldHaveSingleItem().Lane.ShouldBe("reminder");
            await open.Save(Doc("service/c", 3), [], Ct);
            (await open.AllPending(null, 2, Ct)).Count.ShouldBe(2);
            (await open.PendingByTarget(Ct))
                .OrderBy(one => one.Target)
                .ShouldBe([("itop", 2, Noon.AddSeconds(1)), ("mail", 1, Noon.AddSeconds(5))]);
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task A_call_without_a_beginning_is_due_at_once(string store) => StoresUnderTest.With(store, async open =>
    {
        await open.Save(Doc("service/a", 1), [Pending("service/a", "lane") with { Due = DateTimeOffset.MinValue }], Ct);

        (await Due(open, 0)).ShouldBe("lane");
    });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Of_one_target_and_one_cause_everything_is_found_page_by_page(string store) =>
        StoresUnderTest.With(store, async open =>
        {
            foreach (var n in Enumerable.Range(0, 110))
            {
                var key = $"service/{n:D3}";
                // All of one moment: a time alone would not tell where the list goes on.
                await open.Save(
                    Doc(key, 1),
                    [
                        Pending(key, "a", "school:lyon", due: null) with
                        {
                            Error = $"text {n}",
                            Cause = Cause.Gone,
                        },
                        Pending(key, "b", "school:toulouse", due: null) with
                        {
                            Error = "text",
                            Cause = Cause.Gone,
                        },
                    ],
                    Ct
                );
            }
            await open.Save(
                Doc("service/other", 1),
                [
                    Pending("service/other", "a", "school:lyon") with
                    {
                        Error = "text 1",
                        Cause = Cause.NoAnswer,
                    },
                    Pending("service/other", "timer", Outbox.Clock),
                ],
                Ct
            );

            var found = await Pages(open, new PendingQuery(Target: "school:lyon", Cause: Cause.Gone), 25);

            found.Select(pending => pending.Key).ShouldBe(Enumerable.Range(0, 110).Select(n => $"service/{n:D3}"));
            found.ShouldAllBe(pending =>
                pending.Target == "school:lyon" && pending.Cause == Cause.Gone && pending.Error!.StartsWith("text ")
            );
            (await Pages(open, new PendingQuery(), 60)).Count.ShouldBe(221, "reminders left out");
            (await Pages(open, new PendingQuery(Key: "service/other"), 60))
                .Select(pending => pending.Lane)
                .ShouldBe(["a", "timer"]);
            (await Pages(open, new PendingQuery(Key: "service/007", Target: "school:lyon"), 60))
                .ShouldHaveSingleItem()
                .Lane.ShouldBe("a");
            (await Pages(open, new PendingQuery(Cause: Cause.Gone, Error: "text 7"), 60))
                .ShouldHaveSingleItem()
                .Key.ShouldBe("service/007");
            (await Pages(open, new PendingQuery(Cause: Cause.NoAnswer), 60)).ShouldHaveSingleItem().Key.ShouldBe("service/other");
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Targets_that_are_due_are_found_among_reminders_that_are_not(string store) =>
        StoresUnderTest.With(store, async open =>
        {
            await open.Save(
                Doc("service/a", 1),
                [Pending("service/a", "x", "itop", due: 5), Pending("service/a", "t", Outbox.Clock, due: 100)],
                Ct
            );
            await open.Save(
                Doc("service/b", 1),
                [Pending("service/b", "x", "bus", due: 1), Pending("service/b", "y", "school:lyon", due: 200)],
                Ct
            );
            await open.Save(Doc("service/c", 1), [Pending("service/c", "q", Outbox.QuarantineLane, due: null)], Ct);

            (await open.DueTargets(Noon.AddSeconds(10), Ct)).Order().ShouldBe(["bus", "itop"]);
            (await open.DueTargets(Noon.AddSeconds(100), Ct)).Order().ShouldBe(["bus", "clock", "itop"]);
            (await open.PendingByTarget(Ct))
                .Select(one => $"{one.Target} {one.Count}")
                .Order()
                .ShouldBe(["bus 1", "itop 1", "quarantine 1", "school:lyon 1"]);
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Only_what_expired_and_has_nothing_pending_may_be_deleted(string store) =>
        StoresUnderTest.With(store, async open =>
        {
            await open.Save(Doc("service/old", 1, expires: Noon), [], Ct);
            await open.Save(Doc("service/busy", 1, expires: Noon), [Pending("service/busy", "stopped", due: null)], Ct);
            await open.Save(Doc("service/young", 1, expires: Noon.AddMinutes(1)), [], Ct);
            await open.Save(Doc("service/kept", 1), [], Ct);
            await open.Save(Doc("room2/old", 1, expires: Noon), [], Ct);

            (await open.Expired("service", Noon, 10, Ct)).ShouldHaveSingleItem().Ticket.ShouldBe("old");
            (await open.Delete("service/busy", 1, Ct)).ShouldBeFalse("something is pending");
            (await open.Delete("service/old", 2, Ct)).ShouldBeFalse("it is in another version");
            (await open.Delete("service/old", 1, Ct)).ShouldBeTrue();

            (await open.List("service", null, null, 10, Ct))
                .Select(one => one.Ticket)
                .ShouldBe(["busy", "young", "kept"], ignoreOrder: true);
            await open.Save(Doc("service/busy", 2, expires: Noon), [], Ct);
            (await open.Expired("service", Noon, 10, Ct)).ShouldHaveSingleItem().Ticket.ShouldBe("busy", "it is done");
        });

    static async Task<IReadOnlyList<PendingLane>> Pages(IStore open, PendingQuery query, int size)
    {
        var all = new List<PendingLane>();
        while (await open.ListPending(query, size, Ct) is { Count: > 0 } page && all.Count < 1_000)
        {
            all.AddRange(page);
            // As a reader sends it back.
            query = query with { After = PendingCursor.Parse(PendingCursor.After(page[^1]).ToString()) };
        }
        return all;
    }

    static async Task<string> Due(IStore open, int seconds, int limit = 10) =>
        string.Join(' ', (await open.Due("itop", Noon.AddSeconds(seconds), limit, Ct)).Select(pending => pending.Lane));
}
