using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.GridFS;

namespace GroupTicketing.Platform;

/// <summary>
/// The files of several instances: GridFS in the store's database, under <c>ticket/hash/attempt</c>, so that what an
/// upload left that was cut off is in nobody's way.
/// Each ticket's note is written before its bytes: what was begun is found, and deleted with the ticket.
/// </summary>
public sealed class MongoFiles : IFiles, IDisposable
{
    const string Bucket = "attachments";

    readonly IMongoDatabase database;
    readonly GridFSBucket<string> bucket;
    readonly IMongoCollection<BsonDocument> files;
    readonly IMongoCollection<BsonDocument> chunks;
    readonly IMongoCollection<BsonDocument> tickets;

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
        await Mongo.Ask(() =>
            Mongo.Upsert(() => tickets.UpdateOneAsync(Mongo.Is(ticket), note, new UpdateOptions { IsUpsert = true }, ct))
        );
        if (await IdOf(name, ct) is null)
            await Mongo.Ask(() => Upload(name, pieces, ct));
    }

    // False where others kept the same bytes meanwhile: the name is theirs, and these go.
    async Task<bool> Upload(string name, IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken ct)
    {
        var id = $"{name}/{ObjectId.GenerateNewId()}";
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
            return true;
        }
        catch (MongoException exception) when (Mongo.IsDuplicate(exception))
        {
            await chunks.DeleteManyAsync(new BsonDocument("files_id", id), ct);
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<Stream?> Open(string ticket, string hash, CancellationToken ct) =>
        await IdOf(NameOf(ticket, hash), ct) is { } id
            ? await Mongo.Ask(() => bucket.OpenDownloadStreamAsync(id, new GridFSDownloadOptions { Seekable = true }, ct))
            : null;

    /// <inheritdoc/>
    public Task Delete(string ticket, CancellationToken ct)
    {
        var begins = Mongo.StartsWith(IFiles.Plain(ticket) + "/");
        return Mongo.Ask(async () =>
        {
            var note = await tickets.Find(Mongo.Is(ticket)).FirstOrDefaultAsync(ct);
            await files.DeleteManyAsync(new BsonDocument("filename", begins), ct);
            await chunks.DeleteManyAsync(new BsonDocument("files_id", begins), ct);
            // Only the note that was read: bytes that came since are still found by the new one.
            return note is null || (await tickets.DeleteOneAsync(note, ct)).DeletedCount == 1;
        });
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
