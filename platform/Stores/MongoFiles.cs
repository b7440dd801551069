using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.GridFS;

namespace GroupTicketing.Platform;

/// <summary>
/// The files of several instances: GridFS in the store's database, under <c>ticket/hash/attempt</c>, so that what an
/// upload left that was cut off is in nobody's way; that it was begun is noted before, so that it is found.
/// Each ticket's note is written before its bytes, too: whatever there is of it is deleted with it.
/// </summary>
public sealed class MongoFiles : IFiles, IDisposable
{
    const string Bucket = "attachments";
    const string Going = "going";

    readonly IMongoDatabase database;
    readonly GridFSBucket<string> bucket;
    readonly IMongoCollection<BsonDocument> files;
    readonly IMongoCollection<BsonDocument> chunks;
    readonly IMongoCollection<BsonDocument> tickets;
    readonly IMongoCollection<BsonDocument> begun;

    /// <summary>Connects, and makes the indexes that are missing.</summary>
    /// <param name="url">With the database's name; see <see cref="MongoStore(string)"/>.</param>
    /// <exception cref="StoreUnavailableException">It does not answer.</exception>
    public MongoFiles(string url)
    {
        database = Mongo.Open(url);
        bucket = new GridFSBucket<string>(database, new GridFSBucketOptions { BucketName = Bucket });
        files = database.GetCollection<BsonDocument>($"{Bucket}.files");
        chunks = database.GetCollection<BsonDocument>($"{Bucket}.chunks");
        tickets = database.GetCollection<BsonDocument>($"{Bucket}.tickets");
        begun = database.GetCollection<BsonDocument>($"{Bucket}.begun");
        var once = new CreateIndexModel<BsonDocument>(new BsonDocument("filename", 1), new CreateIndexOptions { Unique = true });
#pragma warning disable RS0030 // Opened once, before anything runs.
        Mongo.Ask(() => files.Indexes.CreateOneAsync(once)).GetAwaiter().GetResult();
#pragma warning restore RS0030
    }

    /// <inheritdoc/>
    public async Task Put(string ticket, string hash, IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken ct)
    {
        var name = NameOf(ticket, hash);
        var note = new BsonDocument("$currentDate", new BsonDocument("touched", true));
        // One that is being deleted takes nothing until it is gone.
        var kept = Mongo.Is(ticket).Add(Going, new BsonDocument("$exists", false));
        await Mongo.Ask(() =>
            Mongo.Upsert(() => tickets.UpdateOneAsync(kept, note, new UpdateOptions { IsUpsert = true }, ct))
        );
        if (await IdOf(name, ct) is null)
            await Mongo.Ask(() => Upload(name, pieces, ct));
    }

    // False where others kept the same bytes meanwhile: the name is theirs, and these go.
    async Task<bool> Upload(string name, IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken ct)
    {
        var id = $"{name}/{ObjectId.GenerateNewId()}";
        await begun.InsertOneAsync(Mongo.Is(id), null, ct);
        try
        {
            await using var upload = await bucket.OpenUploadStreamAsync(id, name, null, ct);
            try
            {
                foreach (var piece in pieces)
                    await upload.WriteAsync(piece, ct);
                await upload.CloseAsync(ct);
            }
            catch
            {
                // Disposed it would be closed: part of a file under the name of the whole.
                await upload.AbortAsync(CancellationToken.None);
                throw;
            }
            await begun.DeleteOneAsync(Mongo.Is(id), CancellationToken.None);
            return true;
        }
        catch (MongoException exception) when (Mongo.IsDuplicate(exception))
        {
            await DeleteBegun(id, ct);
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<Stream?> Open(string ticket, string hash, CancellationToken ct) =>
        await IdOf(NameOf(ticket, hash), ct) is { } id
            ? await Mongo.Ask(() => bucket.OpenDownloadStreamAsync(id, new GridFSDownloadOptions { Seekable = true }, ct))
            : null;

    /// <inheritdoc/>
    public Task Delete(string ticket, DateTimeOffset untouchedSince, CancellationToken ct)
    {
        var begins = Mongo.StartsWith(IFiles.Plain(ticket) + "/");
        var untouched = Mongo.Is(ticket).Add("touched", new BsonDocument("$lt", Mongo.Time(untouchedSince)));
        var going = new BsonDocument("$set", new BsonDocument(Going, true));
        return Mongo.Ask(async () =>
        {
            if ((await tickets.UpdateOneAsync(untouched, going, null, ct)).MatchedCount == 0)
                return false;
            await files.DeleteManyAsync(new BsonDocument("filename", begins), ct);
            await chunks.DeleteManyAsync(new BsonDocument("files_id", begins), ct);
            // Last: whoever is killed before finds it again.
            return (await tickets.DeleteOneAsync(Mongo.Is(ticket), ct)).DeletedCount == 1;
        });
    }

    /// <inheritdoc/>
    public async Task DeleteLeftOvers(DateTimeOffset before, CancellationToken ct)
    {
        foreach (var one in await Mongo.Ask(() => begun.Find(new BsonDocument()).ToListAsync(ct)))
        {
            var id = one["_id"].AsString;
            if (ObjectId.Parse(id[(id.LastIndexOf('/') + 1)..]).CreationTime < before.UtcDateTime)
                await Mongo.Ask(() => DeleteBegun(id, ct));
        }
    }

    // Its chunks, unless it was finished after all and only its end was not noted.
    async Task<bool> DeleteBegun(string id, CancellationToken ct)
    {
        if (!await files.Find(Mongo.Is(id)).AnyAsync(ct))
            await chunks.DeleteManyAsync(new BsonDocument("files_id", id), ct);
        return (await begun.DeleteOneAsync(Mongo.Is(id), ct)).DeletedCount == 1;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> Untouched(DateTimeOffset before, string? after, int limit, CancellationToken ct)
    {
        var wanted = new BsonDocument("touched", new BsonDocument("$lt", Mongo.Time(before)));
        if (after is not null)
            wanted.Add("_id", new BsonDocument("$gt", after));
        var found = await Mongo.Ask(() => tickets.Find(wanted).Sort(new BsonDocument("_id", 1)).Limit(limit).ToListAsync(ct));
        return [.. found.Select(note => note["_id"].AsString)];
    }

    /// <summary>Ends the connections.</summary>
    public void Dispose() => database.Client.Dispose();

    async Task<string?> IdOf(string name, CancellationToken ct)
    {
        var found = await Mongo.Ask(() => files.Find(new BsonDocument("filename", name)).FirstOrDefaultAsync(ct));
        return found?["_id"].AsString;
    }

    static string NameOf(string ticket, string hash) => $"{IFiles.Plain(ticket)}/{IFiles.Plain(hash)}";
}
