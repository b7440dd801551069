using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Platform.Tests;

/// <summary>What every store promises for the index of debts: it is the one written with the document, no more and no less.</summary>
public sealed class OwedContract
{
    public static TheoryData<string> Stores => StoresUnderTest.Names;

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Due_lanes_come_longest_due_first(string store) => StoresUnderTest.With(store, async open =>
    {
        await open.Save(Doc("room/a", 1), [Owes("room/a", "later", due: 20), Owes("room/a", "now", due: 5), Owes("room/a", "mail", "mail", due: 0)], Ct);
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
    public Task What_waits_for_a_person_is_listed_first_with_its_reason_then_the_oldest(string store) => StoresUnderTest.With(store, async open =>
    {
        await open.Save(Doc("room/a", 1), [Owes("room/a", "stopped", due: null, since: 1), Owes("room/a", "young", since: 9)], Ct);
        await open.Save(Doc("room/b", 1), [Owes("room/b", "mail", "mail", since: 5)], Ct);

        await open.Save(Doc("room/c", 1), [Owes("room/c", "blocked", due: null, since: 30) with { Error = "unknown caller" }], Ct);

        (await open.AllOwed(null, 10, Ct)).Select(owed => (owed.Lane, owed.Error)).ShouldBe([("stopped", null), ("blocked", "unknown caller"), ("mail", null), ("young", null)]);
        await open.Save(Doc("room/c", 2), [Owes("room/c", "reminder", Debts.Clock, since: 0)], Ct);
        (await open.AllOwed(null, 10, Ct)).ShouldNotContain(owed => owed.Lane == "reminder", "a reminder is owed to nobody");
        (await open.AllOwed("room/c", 10, Ct)).ShouldHaveSingleItem().Lane.ShouldBe("reminder");
        await open.Save(Doc("room/c", 3), [], Ct);
        (await open.AllOwed(null, 2, Ct)).Count.ShouldBe(2);
        (await open.OwedByTarget(Ct)).OrderBy(one => one.Target).ShouldBe([("itop", 2, Noon.AddSeconds(1)), ("mail", 1, Noon.AddSeconds(5))]);
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
    public Task Only_what_expired_and_owes_nothing_is_deleted(string store) => StoresUnderTest.With(store, async open =>
    {
        await open.Save(Doc("room/old", 1, expires: Noon), [], Ct);
        await open.Save(Doc("room/owing", 1, expires: Noon), [Owes("room/owing", "stopped", due: null)], Ct);
        await open.Save(Doc("room/young", 1, expires: Noon.AddMinutes(1)), [], Ct);
        await open.Save(Doc("room/kept", 1), [], Ct);
        await open.PutSide("said", "old", Bytes("x"), Noon, Ct);
        await open.PutSide("said", "kept", Bytes("x"), null, Ct);

        (await open.DeleteExpired(Noon, Ct)).ShouldBe(2);

        (await open.List("room", null, null, 10, Ct)).Select(one => one.Ticket).ShouldBe(["owing", "young", "kept"], ignoreOrder: true);
        (await open.ListSide("said", "", Ct)).Select(one => one.Key).ShouldBe(["kept"]);

        await open.Save(Doc("room/owing", 2, expires: Noon), [], Ct);
        (await open.DeleteExpired(Noon, Ct)).ShouldBe(1, "its debt is paid");
    });

    static async Task<string> Due(IStore open, int seconds, int limit = 10) =>
        string.Join(' ', (await open.Due("itop", Noon.AddSeconds(seconds), limit, Ct)).Select(owed => owed.Lane));
}
