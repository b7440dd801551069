using MongoDB.Bson;
using MongoDB.Driver;

namespace GroupTicketing.Tests;

/// <summary>Backups of all that the product keeps, and putting one back as the operator's guide says.</summary>
public sealed partial class Machines
{
    /// <summary>A backup while all goes on.</summary>
    /// <returns>What <see cref="PutBack"/> puts back.</returns>
    public async Task<string> Backup()
    {
        var name = Path.Combine(Folder, "backup");
        if (setup.Engines is null)
            await Command("backup", name);
        else
            await Copy(Database(), Database("-backup"));
        return name;
    }

    /// <summary>Puts it back; the product does not run.</summary>
    public async Task PutBack(string backup)
    {
        if (setup.Engines is null)
        {
            Directory.Move(Data(parts[0]), Path.Combine(Folder, "old"));
            await Command("restore", backup);
            return;
        }
        await Copy(Database("-backup"), Database());
        await Command("restored");
    }

    IMongoDatabase Database(string suffix = "") =>
        new MongoClient($"{setup.Engines!.Mongo.TrimEnd('/')}/?directConnection=true").GetDatabase(
            Path.GetFileName(Folder) + suffix
        );

    // As mongodump and mongorestore --drop do: collection by collection.
    static async Task Copy(IMongoDatabase from, IMongoDatabase to)
    {
        foreach (var name in await (await from.ListCollectionNamesAsync()).ToListAsync())
        {
            var documents = await from.GetCollection<BsonDocument>(name).Find(new BsonDocument()).ToListAsync();
            var copy = to.GetCollection<BsonDocument>(name);
            await copy.DeleteManyAsync(new BsonDocument());
            if (documents.Count > 0)
                await copy.InsertManyAsync(documents);
        }
    }
}
