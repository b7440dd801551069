using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Platform.Tests;

/// <summary>What every store promises for the index of debts: it is the one written with the document, no more and no
/// less.</summary>
public sealed class OwedContract
{
    public static TheoryData<string> Stores => StoresUnderTest.Names;

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Due_lanes_come_longest_due_first(string store) => StoresUnderTest.With(store, async open =>
        {
            await open.Save(
                Doc("room/a", 1),
                [Owes("room/a", "later", due: 20), Owes("room/a", "now", due: 5), Owes("room/a", "mail", "mail", due: 0)],
                Ct
            );
            await open.Save(Doc("room/b", 1), [Owes("room/b", "first", due: 1), Owes("room/b", "stopped", due: null)], Ct);

            (await Due(open, 10)).ShouldBe("first now");
            (await Due(open, 10, limit: 1)).ShouldBe("first");
            (await Due(open, 4)).ShouldBe("first");
            (await Due(open, 5)).ShouldBe("first now", "due at this very moment");
            (await Due(open, 100_000)).ShouldBe("first now later", "what has no due time is never due");
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Each_save_replaces_what_the_document_owes(string store) => StoresUnderTest.With(store, async open =>
    {
        await open.Save(Doc("room/a", 1), [Owes("room/a", "one"), Owes("room/a", "two")], Ct);
        await open.Save(Doc("room/other", 1), [Owes("room/other", "one")], Ct);
        await open.Save(Doc("room/a", 2), [Owes("room/a", "two", count: 7), Owes("room/a", "three")], Ct);

        var owed = await open.AllOwed("room/a", 10, Ct);
        owed.Select(one => one.Lane).ShouldBe(["three", "two"], ignoreOrder: true);
        owed.Single(one => one.Lane == "two").ShouldBe(Owes("room/a", "two", count: 7));

        await open.Save(Doc("room/a", 3), [], Ct);
        (await open.AllOwed("room/a", 10, Ct)).ShouldBeEmpty();
        (await open.AllOwed(null, 10, Ct)).Single().Key.ShouldBe("room/other");

        await open.Save(Doc("room/a", 4), [Owes("room/a", "four")], Ct);
        (await Due(open, 10)).Split(' ').ShouldBe(["four", "one"], ignoreOrder: true);
    });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task What_waits_for_a_person_is_listed_first_with_its_reason_then_the_oldest(string store) =>
        StoresUnderTest.With(store, async open =>
        {
            await open.Save(
                Doc("room/a", 1),
                [Owes("room/a", "stopped", due: null, since: 1), Owes("room/a", "young", since: 9)],
                Ct
            );
            await open.Save(Doc("room/b", 1), [Owes("room/b", "mail", "mail", since: 5)], Ct);

            await open.Save(
                Doc("room/c", 1),
                [Owes("room/c", "blocked", due: null, since: 30) with { Error = "unknown caller" }],
                Ct
            );

            (await open.AllOwed(null, 10, Ct))
                .Select(owed => (owed.Lane, owed.Error))
                .ShouldBe([("stopped", null), ("blocked", "unknown caller"), ("mail", null), ("young", null)]);
            await open.Save(Doc("room/c", 2), [Owes("room/c", "reminder", Debts.Clock, since: 0)], Ct);
            (await open.AllOwed(null, 10, Ct)).ShouldNotContain(owed => owed.Lane == "reminder", "a reminder is owed to nobody");
            (await open.AllOwed("room/c", 10, Ct)).ShouldHaveSingleItem().Lane.ShouldBe("reminder");
            await open.Save(Doc("room/c", 3), [], Ct);
            (await open.AllOwed(null, 2, Ct)).Count.ShouldBe(2);
            (await open.OwedByTarget(Ct))
                .OrderBy(one => one.Target)
                .ShouldBe([("itop", 2, Noon.AddSeconds(1)), ("mail", 1, Noon.AddSeconds(5))]);
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task A_debt_without_a_beginning_is_due_at_once(string store) => StoresUnderTest.With(store, async open =>
    {
        await open.Save(Doc("room/a", 1), [Owes("room/a", "lane") with { Due = DateTimeOffset.MinValue }], Ct);

        (await Due(open, 0)).ShouldBe("lane");
    });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Of_one_target_and_one_cause_everything_is_found_page_by_page(string store) =>
        StoresUnderTest.With(store, async open =>
        {
            foreach (var n in Enumerable.Range(0, 110))
            {
                var key = $"room/{n:D3}";
                // All of one moment: a time alone would not tell where the list goes on.
                await open.Save(
                    Doc(key, 1),
                    [
                        Owes(key, "a", "school:lyon", due: null) with
                        {
                            Error = $"text {n}",
                            Cause = Cause.Gone,
                        },
                        Owes(key, "b", "school:toulouse", due: null) with
                        {
                            Error = "text",
                            Cause = Cause.Gone,
                        },
                    ],
                    Ct
                );
            }
            await open.Save(
                Doc("room/other", 1),
                [
                    Owes("room/other", "a", "school:lyon") with
                    {
                        Error = "text 1",
                        Cause = Cause.NoAnswer,
                    },
                    Owes("room/other", "timer", Debts.Clock),
                ],
                Ct
            );

            var found = await Pages(open, new OwedQuery(Target: "school:lyon", Cause: Cause.Gone), 25);

            found.Select(owed => owed.Key).ShouldBe(Enumerable.Range(0, 110).Select(n => $"room/{n:D3}"));
            found.ShouldAllBe(owed =>
                owed.Target == "school:lyon" && owed.Cause == Cause.Gone && owed.Error!.StartsWith("text ")
            );
            (await Pages(open, new OwedQuery(), 60)).Count.ShouldBe(221, "reminders left out");
            (await Pages(open, new OwedQuery(Key: "room/other"), 60)).Select(owed => owed.Lane).ShouldBe(["a", "timer"]);
            (await Pages(open, new OwedQuery(Key: "room/007", Target: "school:lyon"), 60))
                .ShouldHaveSingleItem()
                .Lane.ShouldBe("a");
            (await Pages(open, new OwedQuery(Cause: Cause.Gone, Error: "text 7"), 60))
                .ShouldHaveSingleItem()
                .Key.ShouldBe("room/007");
            (await Pages(open, new OwedQuery(Cause: Cause.NoAnswer), 60)).ShouldHaveSingleItem().Key.ShouldBe("room/other");
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Targets_that_are_due_are_found_among_reminders_that_are_not(string store) =>
        StoresUnderTest.With(store, async open =>
        {
            await open.Save(
                Doc("room/a", 1),
                [Owes("room/a", "x", "itop", due: 5), Owes("room/a", "t", Debts.Clock, due: 100)],
                Ct
            );
            await open.Save(
                Doc("room/b", 1),
                [Owes("room/b", "x", "bus", due: 1), Owes("room/b", "y", "school:lyon", due: 200)],
                Ct
            );
            await open.Save(Doc("room/c", 1), [Owes("room/c", "q", Debts.QuarantineLane, due: null)], Ct);

            (await open.DueTargets(Noon.AddSeconds(10), Ct)).Order().ShouldBe(["bus", "itop"]);
            (await open.DueTargets(Noon.AddSeconds(100), Ct)).Order().ShouldBe(["bus", "clock", "itop"]);
            (await open.OwedByTarget(Ct))
                .Select(one => $"{one.Target} {one.Count}")
                .Order()
                .ShouldBe(["bus 1", "itop 1", "quarantine 1", "school:lyon 1"]);
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Only_what_expired_and_owes_nothing_may_be_deleted(string store) => StoresUnderTest.With(store, async open =>
        {
            await open.Save(Doc("room/old", 1, expires: Noon), [], Ct);
            await open.Save(Doc("room/owing", 1, expires: Noon), [Owes("room/owing", "stopped", due: null)], Ct);
            await open.Save(Doc("room/young", 1, expires: Noon.AddMinutes(1)), [], Ct);
            await open.Save(Doc("room/kept", 1), [], Ct);
            await open.Save(Doc("room2/old", 1, expires: Noon), [], Ct);

            (await open.Expired("room", Noon, 10, Ct)).ShouldHaveSingleItem().Ticket.ShouldBe("old");
            (await open.Delete("room/owing", 1, Ct)).ShouldBeFalse("it owes something");
            (await open.Delete("room/old", 2, Ct)).ShouldBeFalse("it is in another version");
            (await open.Delete("room/old", 1, Ct)).ShouldBeTrue();

            (await open.List("room", null, null, 10, Ct))
                .Select(one => one.Ticket)
                .ShouldBe(["owing", "young", "kept"], ignoreOrder: true);
            await open.Save(Doc("room/owing", 2, expires: Noon), [], Ct);
            (await open.Expired("room", Noon, 10, Ct)).ShouldHaveSingleItem().Ticket.ShouldBe("owing", "its debt is paid");
        });

    static async Task<IReadOnlyList<Owed>> Pages(IStore open, OwedQuery query, int size)
    {
        var all = new List<Owed>();
        while (await open.ListOwed(query, size, Ct) is { Count: > 0 } page && all.Count < 1_000)
        {
            all.AddRange(page);
            // As a reader sends it back.
            query = query with { After = OwedCursor.Parse(OwedCursor.After(page[^1]).ToString()) };
        }
        return all;
    }

    static async Task<string> Due(IStore open, int seconds, int limit = 10) =>
        string.Join(' ', (await open.Due("itop", Noon.AddSeconds(seconds), limit, Ct)).Select(owed => owed.Lane));
}
