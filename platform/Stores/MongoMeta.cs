using MongoDB.Bson;
using MongoDB.Driver;

namespace GroupTicketing.Platform;

/// <summary>What MongoDB keeps of itself: in which form it was written, how often a backup was put back, and when last.</summary>
sealed class MongoMeta(IMongoDatabase database)
{
    const int Schema = 1;

    readonly IMongoCollection<BsonDocument> meta = database.GetCollection<BsonDocument>("meta");

    /// <summary>Answers the epoch; both it and the schema are written where they are not there.</summary>
    /// <exception cref="StoreUnavailableException">A newer release wrote it.</exception>
    public async Task<long> Epoch()
    {
        var schema = await Change("schema", Builders<BsonDocument>.Update.SetOnInsert("value", (long)Schema));
        if (schema > Schema)
            throw new StoreUnavailableException(StoreUnavailableException.Newer(schema, Schema));
        return await Change("epoch", Builders<BsonDocument>.Update.SetOnInsert("value", 1L));
    }

    public async Task<DateTimeOffset?> Restored() =>
        await meta.Find(Mongo.Is("restored")).FirstOrDefaultAsync() is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at["value"].ToInt64()) : null;

    public async Task<long> RaiseEpoch(DateTimeOffset now)
    {
        await Epoch();
        await Change("restored", Builders<BsonDocument>.Update.Set("value", now.ToUnixTimeMilliseconds()));
        return await Change("epoch", Builders<BsonDocument>.Update.Inc("value", 1L));
    }

    async Task<long> Change(string name, UpdateDefinition<BsonDocument> change)
    {
        var options = new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After };
        return (await Mongo.Upsert(() => meta.FindOneAndUpdateAsync(Mongo.Is(name), change, options)))["value"].ToInt64();
    }
}
