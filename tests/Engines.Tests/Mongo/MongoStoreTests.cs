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
        (await one.Save(Doc("service/a", 1, "kept"), [Pending("service/a", "lane")], Ct)).ShouldBeTrue();

        Text((await other.Load("service/a", Ct))!.Body).ShouldBe("kept");
        (await other.Due("itop", Noon, 10, Ct)).ShouldHaveSingleItem().Lane.ShouldBe("lane");
        (await other.Save(Doc("service/a", 2, "taken over"), [], Ct)).ShouldBeTrue();
        (await one.Save(Doc("service/a", 2, "late"), [], Ct)).ShouldBeFalse("the other was faster");
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
                Doc("service/a", 1),
                [
                    new("service/a", "clock:silence", Outbox.Clock, Noon, Noon, 1),
                    new("service/a", "clock:later", Outbox.Clock, Noon.AddDays(1), Noon, 1),
                ],
                Ct
            );
            await store.Save(Doc("service/b", 1), [Pending("service/b", "lane")], Ct);
        }
        await Raw("documents").UpdateManyAsync(new BsonDocument(), new BsonDocument("$unset", new BsonDocument("wakes", "")));
        await Raw("meta").UpdateOneAsync(Is("schema"), new BsonDocument("$set", new BsonDocument("value", 1L)));

        using var later = new MongoStore(url);

        (await later.Due(Outbox.Clock, Noon, 10, Ct)).ShouldHaveSingleItem().Lane.ShouldBe("clock:silence");
        (await Raw("meta").Find(Is("schema")).FirstAsync())["value"].ToInt64().ShouldBe(2);
    }

    [Fact]
    public async Task What_bore_a_former_name_bears_todays_and_a_second_time_changes_nothing()
    {
        var lanes = new[] { "console-routing", "missing:routing-console", "itop" };
        await Raw("meta").InsertManyAsync([Former("schema", ("value", 1L)), Former("epoch", ("value", 3L))]);
        await Raw("documents").InsertManyAsync([
            Former(
                "console/t1",
                ("room", "console"),
                ("version", 4L),
                ("stamp", Noon.UtcDateTime),
                ("owed", new BsonArray(lanes.Select(lane => new BsonDocument { { "lane", lane }, { "target", "bus" } }))),
                ("body", "{}"u8.ToArray())
            ),
            Former("itop/t1", ("room", "itop"), ("version", 1L), ("stamp", Noon.UtcDateTime), ("body", "{}"u8.ToArray())),
        ]);
        await Raw("sides").InsertManyAsync([
            Former("said|console/t1|console-routing|0000000001", ("body", "{}"u8.ToArray())),
            Former("texts|console/t1|ab12", ("body", "x"u8.ToArray())),
            Former("waiting|itop/t1|routing-console|1", ("body", """{"stream":"routing-console"}"""u8.ToArray())),
            Former("keys|console/t1", ("body", "k"u8.ToArray())),
        ]);

        (await Read()).ShouldBe(
            """
            itop/t1 1 itop
            portal/t1 4 portal
            itop missing:routing-portal portal-routing
            keys|console/t1 k
            messages|portal/t1|portal-routing|0000000001 {}
            texts|portal/t1|ab12 x
            waiting|itop/t1|routing-portal|1 {"stream":"routing-portal"}
            """
        );
        await Raw("meta").UpdateOneAsync(Is("schema"), new BsonDocument("$set", new BsonDocument("value", 1L)));
        await Read();

        async Task<string> Read()
        {
            using var store = new MongoStore(url);
            store.Epoch.ShouldBe(3);
            var documents = await Raw("documents").Find(new BsonDocument()).Sort(new BsonDocument("_id", 1)).ToListAsync();
            var pieces = await Raw("sides").Find(new BsonDocument()).Sort(new BsonDocument("_id", 1)).ToListAsync();
            var pending = await store.AllPending("portal/t1", 10, Ct);
            return string.Join(
                Environment.NewLine,
                [
                    .. documents.Select(one => $"{one["_id"]} {one["version"]} {one["service"]}"),
                    string.Join(' ', pending.Select(one => one.Lane).Order(StringComparer.Ordinal)),
                    .. pieces.Select(one => $"{one["_id"]} {Text(one["body"].AsByteArray)}"),
                ]
            );
        }

        static BsonDocument Former(string id, params IEnumerable<(string Name, BsonValue Value)> members) =>
            new(members.Select(member => new BsonElement(member.Name, member.Value)).Prepend(new("_id", id)));
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
        await Should.ThrowAsync<StoreUnavailableException>(() => store.Save(Doc("service/a", 1), [], Ct));

        using (var other = new MongoStore(url))
            await store.Look(Ct);
        store.Fault().ShouldNotBeNull("another store was made in its place");

        await Raw("meta").DeleteManyAsync(new BsonDocument());
        await Raw("meta").InsertManyAsync(meta);
        await store.Look(Ct);
        store.Fault().ShouldBeNull();
        (await store.Save(Doc("service/a", 1), [], Ct)).ShouldBeTrue();
        await MongoStore.RaiseEpoch(url, Noon);
        await store.Look(Ct);
        store.Fault().ShouldNotBeNull().ShouldContain("restart");
    }

    [Fact]
    public async Task A_document_and_what_is_pending_in_it_are_one_document()
    {
        using var store = new MongoStore(url);
        await store.Save(Doc("service/a", 1), [Pending("service/a", "one"), Pending("service/a", "two", due: null)], Ct);

        var kept = (await Raw("documents").Find(new BsonDocument()).ToListAsync()).ShouldHaveSingleItem();

        kept["_id"].AsString.ShouldBe("service/a");
        kept["pending"].AsBsonArray.Select(lane => lane["lane"].AsString).ShouldBe(["one", "two"]);
        (await store.Load("service/a", Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_indexes_are_there_from_the_start()
    {
        using var store = new MongoStore(url);

        (await Indexes("documents")).ShouldBe(
            [
                "_id_",
                "service_1_stamp_1__id_1",
                "service_1_shelf_1_stamp_1__id_1",
                "pending.target_1_pending.due_1",
                "wakes_1",
                "expires_1",
            ],
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
                    + "&w=1&journal=false&readPreference=secondary&readConcernLevel=local"
                    + "&socketTimeoutMS=0&serverSelectionTimeoutMS=999000"
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
        var good = Enumerable.Range(0, 20).Select(n => store.Save(Doc($"service/{n}", 1), [], Ct)).ToList();
        var bad = store.Save(Doc("service/bad", 1, new string('x', 17 * 1024 * 1024)), [], Ct);

        await Should.ThrowAsync<StoreUnavailableException>(() => bad);

        (await Task.WhenAll(good)).ShouldAllBe(written => written);
        (await store.Load("service/bad", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task What_lies_apart_goes_with_its_document()
    {
        using var store = new MongoStore(url);
        await store.Save(Doc("service/old", 1, expires: Noon), [], Ct);
        await store.Save(Doc("service/older", 1), [], Ct);
        foreach (
            var (collection, key) in ((string, string)[])
                [
                    ("messages", "service/old|s|01"),
                    ("waiting", "service/old|door|02"),
                    ("messages", "service/older|s|01"),
                    ("deliveries", "service/old|d1"),
                ]
        )
            await store.PutSide(collection, key, Bytes("x"), Noon.AddDays(400), Ct);

        await store.DeleteApart("service/old", Ct);

        (await store.ListSide("messages", "", Ct)).Select(piece => piece.Key).ShouldBe(["service/older|s|01"]);
        (await store.ListSide("waiting", "", Ct)).ShouldBeEmpty();
        (await store.ListSide("deliveries", "", Ct)).Count.ShouldBe(1, "of no document");
    }

    [Fact]
    public async Task A_cancelled_caller_writes_nothing()
    {
        using var store = new MongoStore(url);
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => store.Save(Doc("service/a", 1), [], cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => store.PutSide("messages", "a", Bytes("x"), null, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() =>
            store.PutSideOnce("messages", "a", Bytes("x"), null, cancelled)
        );

        (await store.Load("service/a", Ct)).ShouldBeNull();
        (await store.GetSide("messages", "a", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_closed_store_takes_nothing_more()
    {
        var store = new MongoStore(url);
        store.Dispose();

        await Should.ThrowAsync<StoreUnavailableException>(() => store.Save(Doc("service/a", 1), [], Ct));
    }

    static BsonDocument Is(string name) => new("_id", name);

    IMongoCollection<BsonDocument> Raw(string collection) =>
        new MongoClient(url).GetDatabase(MongoUrl.Create(url).DatabaseName).GetCollection<BsonDocument>(collection);

    async Task<IEnumerable<string>> Indexes(string collection) =>
        (await (await Raw(collection).Indexes.ListAsync()).ToListAsync()).Select(index => index["name"].AsString);
}
