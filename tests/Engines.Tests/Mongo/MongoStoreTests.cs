using GroupTicketing.Platform;
using MongoDB.Bson;
using MongoDB.Driver;
using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Engines.Tests;

/// <summary>What only this store has: a database that others open too, its concerns, its forms, what it holds of a
/// document that goes.</summary>
public sealed class MongoStoreTests : IAsyncLifetime
{
    string url = "";

    public async ValueTask InitializeAsync() => url = (await MongoEngine.Running()).Fresh();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_one_instance_wrote_another_reads()
    {
        using var one = new MongoStore(url);
        using var other = new MongoStore(url);
        (await one.Save(Doc("room/a", 1, "kept"), [Owes("room/a", "lane")], Ct)).ShouldBeTrue();

        Text((await other.Load("room/a", Ct))!.Body).ShouldBe("kept");
        (await other.Due("itop", Noon, 10, Ct)).ShouldHaveSingleItem().Lane.ShouldBe("lane");
        (await other.Save(Doc("room/a", 2, "taken over"), [], Ct)).ShouldBeTrue();
        (await one.Save(Doc("room/a", 2, "late"), [], Ct)).ShouldBeFalse("the other was faster");
    }

    [Fact]
    public async Task Instances_that_open_an_empty_database_at_once_agree()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => new MongoStore(url))));

        stores.ShouldAllBe(store => store.Epoch == 1);
        (await Raw("meta").CountDocumentsAsync(new BsonDocument())).ShouldBe(3);
        foreach (var store in stores)
            store.Dispose();
    }

    [Fact]
    public async Task An_empty_database_is_begun_only_when_it_is_said_to_be_the_first_start()
    {
        var refused = await Should.ThrowAsync<StoreUnavailableException>(() => MongoStore.Begin(url, first: false));
        refused.Message.ShouldContain("If this is the first start ever, say once: first");
        (await Raw("meta").CountDocumentsAsync(new BsonDocument())).ShouldBe(0, "nothing was made");

        await MongoStore.Begin(url, first: true);
        await MongoStore.Begin(url, first: false);

        (await Should.ThrowAsync<StoreUnavailableException>(() => MongoStore.Begin(url, first: true))).Message.ShouldContain(
            "holds a store already"
        );
    }

    [Fact]
    public async Task Reminders_that_the_release_before_wrote_are_found_when_they_are_due()
    {
        using (var store = new MongoStore(url))
        {
            await store.Save(
                Doc("room/a", 1),
                [
                    new("room/a", "clock:silence", Debts.Clock, Noon, Noon, 1),
                    new("room/a", "clock:later", Debts.Clock, Noon.AddDays(1), Noon, 1),
                ],
                Ct
            );
            await store.Save(Doc("room/b", 1), [Owes("room/b", "lane")], Ct);
        }
        await Raw("documents").UpdateManyAsync(new BsonDocument(), new BsonDocument("$unset", new BsonDocument("wakes", "")));
        await Raw("meta").UpdateOneAsync(Is("schema"), new BsonDocument("$set", new BsonDocument("value", 1L)));

        using var later = new MongoStore(url);

        (await later.Due(Debts.Clock, Noon, 10, Ct)).ShouldHaveSingleItem().Lane.ShouldBe("clock:silence");
        (await Raw("meta").Find(Is("schema")).FirstAsync())["value"].ToInt64().ShouldBe(2);
    }

    [Fact]
    public async Task A_database_of_the_release_before_is_no_empty_one()
    {
        await Raw("meta")
            .InsertManyAsync([
                new BsonDocument { { "_id", "schema" }, { "value", 1L } },
                new BsonDocument { { "_id", "epoch" }, { "value", 3L } },
            ]);

        await MongoStore.Begin(url, first: false);
        using var store = new MongoStore(url);

        store.Epoch.ShouldBe(3);
        await store.Look(Ct);
        store.Fault().ShouldBeNull();
    }

    [Fact]
    public async Task A_database_that_is_emptied_under_it_takes_nothing_until_the_right_one_is_back()
    {
        using var store = new MongoStore(url);
        var meta = await Raw("meta").Find(new BsonDocument()).ToListAsync();
        await Raw("meta").DeleteManyAsync(new BsonDocument());

        await store.Look(Ct);
        store.Fault().ShouldNotBeNull().ShouldContain("was emptied or replaced");
        await Should.ThrowAsync<StoreUnavailableException>(() => store.Save(Doc("room/a", 1), [], Ct));

        using (var other = new MongoStore(url))
            await store.Look(Ct);
        store.Fault().ShouldNotBeNull("another store was made in its place");

        await Raw("meta").DeleteManyAsync(new BsonDocument());
        await Raw("meta").InsertManyAsync(meta);
        await store.Look(Ct);
        store.Fault().ShouldBeNull();
        (await store.Save(Doc("room/a", 1), [], Ct)).ShouldBeTrue();
        await MongoStore.RaiseEpoch(url, Noon);
        await store.Look(Ct);
        store.Fault().ShouldNotBeNull().ShouldContain("restart");
    }

    [Fact]
    public async Task A_document_and_what_it_owes_are_one_document()
    {
        using var store = new MongoStore(url);
        await store.Save(Doc("room/a", 1), [Owes("room/a", "one"), Owes("room/a", "two", due: null)], Ct);

        var kept = (await Raw("documents").Find(new BsonDocument()).ToListAsync()).ShouldHaveSingleItem();

        kept["_id"].AsString.ShouldBe("room/a");
        kept["owed"].AsBsonArray.Select(lane => lane["lane"].AsString).ShouldBe(["one", "two"]);
        (await store.Load("room/a", Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_indexes_are_there_from_the_start()
    {
        using var store = new MongoStore(url);

        (await Indexes("documents")).ShouldBe(
            ["_id_", "room_1_stamp_1__id_1", "room_1_shelf_1_stamp_1__id_1", "owed.target_1_owed.due_1", "wakes_1", "expires_1"],
            ignoreOrder: true
        );
        (await Indexes("sides")).ShouldBe(["_id_", "expires_1"], ignoreOrder: true);
    }

    [Fact]
    public void Every_write_is_in_the_journals_of_a_majority_whatever_the_address_says()
    {
        var settings = Mongo
            .Open(
                url
                    + "&w=1&journal=false&readPreference=secondary&readConcernLevel=local&socketTimeoutMS=0&serverSelectionTimeoutMS=999000"
            )
            .Settings;

        settings.WriteConcern.W.ShouldBe(WriteConcern.WMajority.W);
        settings.WriteConcern.Journal.ShouldBe(true);
        settings.ReadConcern.ShouldBe(ReadConcern.Majority);
        settings.ReadPreference.ShouldBe(ReadPreference.Primary);
    }

    [Fact]
    public void An_address_names_its_database() =>
        Should
            .Throw<ArgumentException>(() => new MongoStore("mongodb://127.0.0.1:27017"))
            .Message.ShouldContain("names no database");

    [Fact]
    public async Task A_database_of_a_newer_release_is_refused()
    {
        new MongoStore(url).Dispose();
        await Raw("meta").UpdateOneAsync(Is("schema"), new BsonDocument("$set", new BsonDocument("value", 99)));

        Should.Throw<StoreUnavailableException>(() => new MongoStore(url)).Message.ShouldContain("newer release");
    }

    [Fact]
    public async Task A_raised_epoch_is_read()
    {
        new MongoStore(url).Dispose();
        await Raw("meta").UpdateOneAsync(Is("epoch"), new BsonDocument("$inc", new BsonDocument("value", 1)));

        using var store = new MongoStore(url);
        store.Epoch.ShouldBe(2);
    }

    [Fact]
    public async Task One_write_that_cannot_be_made_fails_alone()
    {
        using var store = new MongoStore(url);
        var good = Enumerable.Range(0, 20).Select(n => store.Save(Doc($"room/{n}", 1), [], Ct)).ToList();
        var bad = store.Save(Doc("room/bad", 1, new string('x', 17 * 1024 * 1024)), [], Ct);

        await Should.ThrowAsync<StoreUnavailableException>(() => bad);

        (await Task.WhenAll(good)).ShouldAllBe(written => written);
        (await store.Load("room/bad", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task What_lies_apart_goes_with_its_document()
    {
        using var store = new MongoStore(url);
        await store.Save(Doc("room/old", 1, expires: Noon), [], Ct);
        await store.Save(Doc("room/older", 1), [], Ct);
        foreach (
            var (collection, key) in ((string, string)[])
                [
                    ("said", "room/old|s|01"),
                    ("waiting", "room/old|door|02"),
                    ("said", "room/older|s|01"),
                    ("deliveries", "room/old|d1"),
                ]
        )
            await store.PutSide(collection, key, Bytes("x"), Noon.AddDays(400), Ct);

        await store.DeleteApart("room/old", Ct);

        (await store.ListSide("said", "", Ct)).Select(piece => piece.Key).ShouldBe(["room/older|s|01"]);
        (await store.ListSide("waiting", "", Ct)).ShouldBeEmpty();
        (await store.ListSide("deliveries", "", Ct)).Count.ShouldBe(1, "of no document");
    }

    [Fact]
    public async Task A_cancelled_caller_writes_nothing()
    {
        using var store = new MongoStore(url);
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => store.Save(Doc("room/a", 1), [], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => store.PutSide("said", "a", Bytes("x"), null, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => store.PutSideOnce("said", "a", Bytes("x"), null, cancelled));

        (await store.Load("room/a", Ct)).ShouldBeNull();
        (await store.GetSide("said", "a", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_closed_store_takes_nothing_more()
    {
        var store = new MongoStore(url);
        store.Dispose();

        await Should.ThrowAsync<StoreUnavailableException>(() => store.Save(Doc("room/a", 1), [], Ct));
    }

    static BsonDocument Is(string name) => new("_id", name);

    IMongoCollection<BsonDocument> Raw(string collection) =>
        new MongoClient(url).GetDatabase(MongoUrl.Create(url).DatabaseName).GetCollection<BsonDocument>(collection);

    async Task<IEnumerable<string>> Indexes(string collection) =>
        (await (await Raw(collection).Indexes.ListAsync()).ToListAsync()).Select(index => index["name"].AsString);
}
