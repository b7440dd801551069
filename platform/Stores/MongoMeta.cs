using MongoDB.Bson;
using MongoDB.Driver;

namespace GroupTicketing.Platform;

/// <summary>What MongoDB keeps of itself: in which form it was written, which store it is, when a backup was last put
/// back.</summary>
sealed class MongoMeta(IMongoDatabase database)
{
    // 1 (0.2): a document did not say when its reminder wakes it, and bore other names.
    const int Schema = 2;

    readonly IMongoCollection<BsonDocument> meta = database.GetCollection<BsonDocument>("meta");

    /// <summary>Whether a store was ever made here.</summary>
    public Task<bool> IsThere() => meta.Find(Mongo.Is("schema")).AnyAsync();

    /// <summary>Which store it is, drawn by lot when it was made; null: it was emptied.</summary>
    public async Task<(long? Store, long? Epoch)> Identity(CancellationToken ct)
    {
        var both = await meta.Find(new BsonDocument("_id", new BsonDocument("$in", new BsonArray { "store", "epoch" })))
            .ToListAsync(ct);
        return (Value("store"), Value("epoch"));

        long? Value(string name) => both.Find(one => one["_id"] == name)?["value"].ToInt64();
    }

    /// <summary>Answers the epoch; it, the schema and which store it is are written where they are not there.</summary>
    /// <exception cref="StoreUnavailableException">A newer release wrote it.</exception>
    public async Task<long> Epoch()
    {
        var schema = await Change("schema", Builders<BsonDocument>.Update.SetOnInsert("value", (long)Schema));
        if (schema > Schema)
            throw StoreUnavailableException.Because("Newer", null, schema, Schema);
        await Change("store", Builders<BsonDocument>.Update.SetOnInsert("value", Random.Shared.NextInt64(1, long.MaxValue)));
        return await Change("epoch", Builders<BsonDocument>.Update.SetOnInsert("value", 1L));
    }

    /// <summary>Has what an earlier release wrote brought into this one's form; killed before its end, it is done
    /// again.</summary>
    public async Task Upcast(Func<Task> fill)
    {
        if ((await meta.Find(Mongo.Is("schema")).FirstAsync())["value"].ToInt64() >= Schema)
            return;
        await fill();
        await Change("schema", Builders<BsonDocument>.Update.Max("value", (long)Schema));
    }

    public async Task<DateTimeOffset?> Restored() =>
        await meta.Find(Mongo.Is("restored")).FirstOrDefaultAsync() is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at["value"].ToInt64())
            : null;

    public async Task<long> RaiseEpoch(DateTimeOffset now)
    {
        await Epoch();
        await Change("restored", Builders<BsonDocument>.Update.Set("value", now.ToUnixTimeMilliseconds()));
        await Change("epoch", Builders<BsonDocument>.Update.Inc("value", 1L));
        // One backup that is put back twice must not give the same epoch twice: what was said after the first is still under way.
        return await Change("epoch", Builders<BsonDocument>.Update.Max("value", now.ToUnixTimeSeconds()));
    }

    async Task<long> Change(string name, UpdateDefinition<BsonDocument> change)
    {
        var options = new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After };
        return (await Mongo.Upsert(() => meta.FindOneAndUpdateAsync(Mongo.Is(name), change, options)))["value"].ToInt64();
    }
}
