using System.Security.Cryptography;
using GroupTicketing.Platform;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.GridFS;
using static GroupTicketing.Platform.Tests.Given;

namespace GroupTicketing.Engines.Tests;

/// <summary>What only files in GridFS have: chunks that an upload left, others that upload the same, a note per ticket.</summary>
public sealed class MongoFilesTests : IAsyncLifetime
{
    string url = "";
    IMongoDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        url = (await MongoEngine.Running()).Fresh();
        database = new MongoClient(url).GetDatabase(MongoUrl.Create(url).DatabaseName);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_same_bytes_from_two_instances_at_once_are_kept_once()
    {
        using var one = new MongoFiles(url);
        using var other = new MongoFiles(url);
        var bytes = RandomNumberGenerator.GetBytes(600_000);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() => (n % 2 == 0 ? one : other).Put("t1", bytes, Ct))));

        (await Count("files")).ShouldBe(1);
        (await Count("chunks")).ShouldBe(3, "255 KiB each, and none of those that came second");
        (await Count("tickets")).ShouldBe(1);
    }

    [Fact]
    public async Task What_an_upload_left_that_was_cut_off_is_in_nobody_s_way_and_goes_with_the_ticket()
    {
        using var files = new MongoFiles(url);
        var bytes = RandomNumberGenerator.GetBytes(600_000);
        var name = $"t1/{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        await Chunks.InsertOneAsync(
            new BsonDocument
            {
                { "files_id", $"{name}/earlier" },
                { "n", 0 },
                { "data", new byte[100] },
            }
        );

        var hash = await files.Put("t1", bytes, Ct);

        (await files.Get("t1", hash, Ct)).ShouldBe(bytes);
        await files.Delete("t1", DateTimeOffset.UtcNow.AddHours(1), Ct);
        (await Count("files")).ShouldBe(0);
        (await Count("chunks")).ShouldBe(0);
        (await Count("tickets")).ShouldBe(0);
    }

    [Fact]
    public async Task What_an_upload_left_that_was_killed_goes_while_its_ticket_lives()
    {
        using var files = new MongoFiles(url);
        var hash = await files.Put("t1", Bytes("x"), Ct);
        (await Count("begun")).ShouldBe(0);
        var killed = $"t1/{hash}/{ObjectId.GenerateNewId(DateTime.UtcNow.AddHours(-1))}";
        var live = $"t1/{hash}/{ObjectId.GenerateNewId()}";
        foreach (var id in (string[])[killed, live])
        {
            await database.GetCollection<BsonDocument>("attachments.begun").InsertOneAsync(new BsonDocument("_id", id));
            await Chunks.InsertOneAsync(
                new BsonDocument
                {
                    { "files_id", id },
                    { "n", 0 },
                    { "data", new byte[100] },
                }
            );
        }

        await files.DeleteLeftOvers(DateTimeOffset.UtcNow.AddMinutes(-30), Ct);

        (await Chunks.CountDocumentsAsync(new BsonDocument("files_id", killed))).ShouldBe(0);
        (await Chunks.CountDocumentsAsync(new BsonDocument("files_id", live))).ShouldBe(1);
        (await Count("begun")).ShouldBe(1);
        Text((await files.Get("t1", hash, Ct))!).ShouldBe("x");
    }

    [Fact]
    public async Task A_sender_that_hangs_up_leaves_nothing()
    {
        using var files = new MongoFiles(url);
        using var gone = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => files.Put("t1", "aa", Cut(), gone.Token));

        (await Count("files") + await Count("chunks")).ShouldBe(0);

        IEnumerable<ReadOnlyMemory<byte>> Cut()
        {
            yield return new byte[600_000];
            gone.Cancel();
            yield return new byte[600_000];
        }
    }

    [Fact]
    public async Task A_ticket_that_is_being_deleted_takes_nothing_until_it_is_gone()
    {
        using var files = new MongoFiles(url);
        var hash = await files.Put("t1", Bytes("x"), Ct);
        await database.GetCollection<BsonDocument>("attachments.tickets").UpdateOneAsync(
            new BsonDocument("_id", "t1"), new BsonDocument("$set", new BsonDocument("going", true)));

        await Should.ThrowAsync<StoreUnavailableException>(() => files.Put("t1", Bytes("x"), Ct));
        await files.Delete("t1", DateTimeOffset.UtcNow.AddHours(1), Ct);

        await files.Put("t1", Bytes("x"), Ct);
        Text((await files.Get("t1", hash, Ct))!).ShouldBe("x");
    }

    [Fact]
    public async Task Bytes_said_again_touch_their_ticket()
    {
        using var files = new MongoFiles(url);
        await files.Put("t1", Bytes("x"), Ct);
        await database.GetCollection<BsonDocument>("attachments.tickets").UpdateOneAsync(
            new BsonDocument("_id", "t1"), new BsonDocument("$set", new BsonDocument("touched", DateTime.UnixEpoch)));
        (await files.Untouched(DateTimeOffset.UtcNow.AddDays(-1), null, 10, Ct)).ShouldBe(["t1"]);

        await files.Put("t1", Bytes("x"), Ct);

        (await files.Untouched(DateTimeOffset.UtcNow.AddDays(-1), null, 10, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Any_reader_of_gridfs_can_read_them()
    {
        using var files = new MongoFiles(url);
        var hash = await files.Put("t1", Bytes("bytes"), Ct);

        var bucket = new GridFSBucket<string>(database, new GridFSBucketOptions { BucketName = "attachments" });

        Text(await bucket.DownloadAsBytesByNameAsync($"t1/{hash}")).ShouldBe("bytes");
    }

    [Fact]
    public async Task A_file_whose_bytes_are_gone_is_unavailable_not_empty()
    {
        using var files = new MongoFiles(url);
        var hash = await files.Put("t1", Bytes("bytes"), Ct);
        await Chunks.DeleteManyAsync(new BsonDocument());

        await Should.ThrowAsync<StoreUnavailableException>(() => files.Get("t1", hash, Ct));
    }

    [Fact]
    public async Task Closed_they_take_nothing_more()
    {
        var files = new MongoFiles(url);
        files.Dispose();

        await Should.ThrowAsync<StoreUnavailableException>(() => files.Put("t1", Bytes("x"), Ct));
    }

    IMongoCollection<BsonDocument> Chunks => database.GetCollection<BsonDocument>("attachments.chunks");

    Task<long> Count(string part) =>
        database.GetCollection<BsonDocument>($"attachments.{part}").CountDocumentsAsync(new BsonDocument());
}
