using MongoDB.Bson;
using MongoDB.Driver;

namespace GroupTicketing.Benchmarks;

/// <summary>The least that is as durable: a find, then a replaceOne on {_id, version}; a majority's journals, one
/// index. What the store is measured against.</summary>
sealed class BareMongo
{
    readonly IMongoCollection<BsonDocument> documents;

    public BareMongo(string url)
    {
        var settings = MongoClientSettings.FromConnectionString(url);
        settings.WriteConcern = WriteConcern.WMajority.With(journal: true);
        settings.ReadConcern = ReadConcern.Majority;
        documents = new MongoClient(settings).GetDatabase(MongoUrl.Create(url).DatabaseName).GetCollection<BsonDocument>("bare");
    }

    public async Task Save(string key, byte[] body)
    {
        var found = await documents.Find(new BsonDocument("_id", key)).FirstOrDefaultAsync();
        if (found is null)
        {
            await documents.InsertOneAsync(new BsonDocument { { "_id", key }, { "version", 1L }, { "body", body } });
            return;
        }
        var version = found["version"].AsInt64;
        var replaced = await documents.ReplaceOneAsync(
            new BsonDocument { { "_id", key }, { "version", version } },
            new BsonDocument
            {
                { "_id", key },
                { "version", version + 1 },
                { "body", body },
            }
        );
        if (replaced.MatchedCount != 1)
            throw new InvalidOperationException("nobody else writes this document");
    }
}
