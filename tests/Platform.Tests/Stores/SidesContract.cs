using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Platform.Tests;

/// <summary>What every store promises for the pieces that lie apart from documents.</summary>
public sealed class SidesContract
{
    public static TheoryData<string> Stores => StoresUnderTest.Names;

    [Theory]
    [MemberData(nameof(Stores))]
    public Task A_piece_is_put_replaced_and_deleted(string store) => StoresUnderTest.With(store, async open =>
    {
        (await open.GetSide("keys", "a", Ct)).ShouldBeNull();
        await open.PutSide("keys", "a", Bytes("one"), null, Ct);
        await open.PutSide("keys", "a", Bytes("two"), null, Ct);
        Text(await open.GetSide("keys", "a", Ct)).ShouldBe("two");
        (await open.GetSide("messages", "a", Ct)).ShouldBeNull("collections are apart");

        await open.DeleteSide("keys", "a", Ct);
        await open.DeleteSide("keys", "a", Ct);
        (await open.GetSide("keys", "a", Ct)).ShouldBeNull();
    });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Put_once_writes_once_and_tells_what_is_there(string store) => StoresUnderTest.With(store, async open =>
    {
        (await open.PutSideOnce("deliveries", "d1", Bytes("first"), Noon, Ct)).ShouldBeNull("it wrote");
        Text(await open.PutSideOnce("deliveries", "d1", Bytes("second"), null, Ct)).ShouldBe("first");
        Text(await open.GetSide("deliveries", "d1", Ct)).ShouldBe("first");
    });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Of_twenty_racing_put_onces_one_writes(string store) => StoresUnderTest.With(store, async open =>
        {
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 20).Select(n => Task.Run(() => open.PutSideOnce("deliveries", "d1", Bytes($"{n}"), null, Ct)))
            );

            var winner = Array.FindIndex(answers, answer => answer is null);
            answers.Count(answer => answer is null).ShouldBe(1);
            answers.Where(answer => answer is not null).ShouldAllBe(answer => Text(answer) == $"{winner}");
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Pieces_are_listed_by_prefix_in_key_order(string store) => StoresUnderTest.With(store, async open =>
        {
            foreach (
                var key in (string[])
                    [
                        "service/a|s|10",
                        "service/a|s|02",
                        "service/a|t|01",
                        "service/ab|s|01",
                        "service/a",
                        "service/a|é",
                        "Other/a|s|01",
                    ]
            )
                await open.PutSide("messages", key, Bytes(key), null, Ct);
            await open.PutSide("other", "service/a|s|05", Bytes("x"), null, Ct);

            (await List("service/a|s|")).ShouldBe(["service/a|s|02", "service/a|s|10"]);
            (await List("service/a|")).ShouldBe(["service/a|s|02", "service/a|s|10", "service/a|t|01", "service/a|é"]);
            (await List("none")).ShouldBeEmpty();
            (await List("")).Count.ShouldBe(7);

            async Task<List<string>> List(string prefix)
            {
                var found = await open.ListSide("messages", prefix, Ct);
                found.ShouldAllBe(piece => Text(piece.Body) == piece.Key);
                return [.. found.Select(piece => piece.Key)];
            }
        });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Pieces_of_a_document_go_with_it(string store) => StoresUnderTest.With(store, async open =>
    {
        foreach (var key in (string[])["service/gone|s|01", "service/gone2|s|01", "service/stays|s|01"])
        {
            foreach (var collection in Sides.OfDocuments)
                await open.PutSide(collection, key, Bytes("x"), null, Ct);
        }
        await open.PutSide(Sides.Keys, "service/gone|s|01", Bytes("x"), null, Ct);

        await open.DeleteApart("service/gone", Ct);

        foreach (var collection in Sides.OfDocuments)
        {
            (await open.ListSide(collection, "", Ct))
                .Select(piece => piece.Key)
                .ShouldBe(["service/gone2|s|01", "service/stays|s|01"]);
        }
        (await open.GetSide(Sides.Keys, "service/gone|s|01", Ct)).ShouldNotBeNull("no piece of a document");
    });

    [Theory]
    [MemberData(nameof(Stores))]
    public Task Pieces_that_expired_are_deleted(string store) => StoresUnderTest.With(store, async open =>
    {
        await open.PutSide("deliveries", "old", Bytes("x"), Noon, Ct);
        await open.PutSide("deliveries", "young", Bytes("x"), Noon.AddMinutes(1), Ct);
        await open.PutSide("deliveries", "kept", Bytes("x"), null, Ct);

        (await open.DeleteExpiredSides(Noon, Ct)).ShouldBe(1);

        (await open.ListSide("deliveries", "", Ct)).Select(piece => piece.Key).ShouldBe(["kept", "young"]);
    });
}
