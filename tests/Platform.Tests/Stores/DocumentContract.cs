using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Platform.Tests;

/// <summary>What every store promises for documents: versions, races, durable answers, lists.</summary>
public sealed class DocumentContract
{
    public static TheoryData<string> Stores => StoresUnderTest.Names;

    [Theory]
    [MemberData(nameof(Stores))]
    public Task A_saved_document_is_loaded_whole(string store) => StoresUnderTest.With(store, async open =>
    {
        (await open.Load("service/a", Ct)).ShouldBeNull();
        var saved = Doc("service/a", 1, "{\"é\":1}", "lyon", 3, Noon.AddDays(1));
        (await open.Save(saved, [], Ct)).ShouldBeTrue();

        var loaded = (await open.Load("service/a", Ct)).ShouldNotBeNull();

        loaded.ShouldBe(saved with { Body = loaded.Body });
        loaded.Body.ShouldBe(saved.Body);
        open.Epoch.ShouldBe(1);
    });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Only_the_next_version_is_written(string store) => StoresUnderTest.With(store, async open =>
        {
            (await open.Save(Doc("service/a", 2, "early"), [Pending("service/a", "x")], Ct)).ShouldBeFalse(
                "nothing was stored yet"
            );
            (await open.Save(Doc("service/a", 1, "one"), [Pending("service/a", "l1")], Ct)).ShouldBeTrue();
            (await open.Save(Doc("service/a", 1, "again"), [Pending("service/a", "x")], Ct)).ShouldBeFalse("it is there");
            (await open.Save(Doc("service/a", 3, "gap"), [Pending("service/a", "x")], Ct)).ShouldBeFalse(
                "version 2 was never written"
            );

            Text((await open.Load("service/a", Ct))!.Body).ShouldBe("one");
            (await open.AllPending("service/a", 10, Ct))
                .Select(pending => pending.Lane)
                .ShouldBe(["l1"], "a refused write leaves nothing pending");

        (await open.Save(Doc("service/a", 2, "two"), [], Ct)).ShouldBeTrue();
        Text((await open.Load("service/a", Ct))!.Body).ShouldBe("two");
    });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Of_twenty_racing_writers_one_wins(string store) => StoresUnderTest.With(store, async open =>
        {
            for (var version = 1; version <= 5; version++)
            {
                var next = version;
                var won = await Task.WhenAll(
                    Enumerable
                        .Range(0, 20)
                        .Select(writer => Task.Run(() => open.Save(Doc("service/a", next, $"{next} by {writer}"), [], Ct)))
                );
                won.Count(one => one).ShouldBe(1, $"version {version}");
                Text((await open.Load("service/a", Ct))!.Body).ShouldBe($"{version} by {Array.IndexOf(won, true)}");
            }
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task One_conflict_does_not_stop_those_written_with_it(string store) => StoresUnderTest.With(store, async open =>
        {
            await open.Save(Doc("service/hot", 1), [], Ct);
            var saves = Enumerable
                .Range(0, 64)
                .Select(n => n % 2 == 0 ? open.Save(Doc($"service/{n}", 1), [], Ct) : open.Save(Doc("service/hot", 1), [], Ct));

            var written = await Task.WhenAll(saves);

            written.Count(one => one).ShouldBe(32);
            for (var n = 0; n < 64; n += 2)
                (await open.Load($"service/{n}", Ct)).ShouldNotBeNull();
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task What_64_callers_were_told_is_written_is_there(string store) => StoresUnderTest.With(store, async open =>
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, 64)
                    .Select(caller =>
                        Task.Run(async () =>
                        {
                            for (var version = 1; version <= 10; version++)
                            {
                                (
                                    await open.Save(
                                        Doc($"service/{caller}", version, $"{version}"),
                                        [Pending($"service/{caller}", "lane", count: version)],
                                        Ct
                                    )
                                ).ShouldBeTrue();
                                (await open.Load($"service/{caller}", Ct))!.Version.ShouldBe(version);
                            }
                        })
                    )
            );

            (await open.AllPending(null, 1000, Ct)).ShouldAllBe(pending => pending.Count == 10);
            (await open.AllPending(null, 1000, Ct)).Count.ShouldBe(64);
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Lists_are_by_service_shelf_and_time_newest_first(string store) => StoresUnderTest.With(store, async open =>
        {
            foreach (
                var document in (StoredDocument[])
                    [
                        Doc("service/a", 1, shelf: "lyon", minute: 1),
                        Doc("service/b", 1, shelf: "triage", minute: 3),
                        Doc("service/c", 1, minute: 2),
                        Doc("room2/d", 1, shelf: "lyon", minute: 9),
                    ]
            )
                await open.Save(document, [], Ct);

            async Task<string> List(string? shelf, int? before = null, int limit = 10) =>
                string.Join(
                    ' ',
                    (
                        await open.List(
                            "service",
                            shelf,
                            before is { } minute ? new Cursor(Noon.AddMinutes(minute), "") : null,
                            limit,
                            Ct
                        )
                    ).Select(one => one.Ticket)
                );

            (await List(null)).ShouldBe("b c a");
            (await List(null, limit: 2)).ShouldBe("b c");
            (await List(null, before: 3)).ShouldBe("c a");
            (await List("lyon")).ShouldBe("a");
            (await List("toulouse")).ShouldBe("");

            await open.Save(Doc("service/b", 2, shelf: null, minute: 4), [], Ct);
            (await List("triage")).ShouldBe("", "it left the shelf");
            (await List(null)).ShouldBe("b c a");
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task A_list_goes_on_after_its_last_document_also_among_those_of_one_moment(string store) =>
        StoresUnderTest.With(store, async open =>
        {
            foreach (var n in Enumerable.Range(0, 110))
                await open.Save(Doc($"service/{n:D3}", 1, shelf: "lyon", minute: n / 50), [], Ct);

            foreach (var shelf in (string?[])[null, "lyon"])
            {
                var listed = new List<StoredDocument>();
                while (
                    await open.List("service", shelf, listed.Count == 0 ? null : Cursor.After(listed[^1]), 7, Ct)
                        is { Count: > 0 } page
                    && listed.Count < 200
                )
                    listed.AddRange(page);
                listed.Select(one => one.Ticket).Distinct().Count().ShouldBe(110);
                listed.Count.ShouldBe(110);
                listed.Select(one => one.Stamp).ShouldBeInOrder(SortDirection.Descending);
            }
        });
}
