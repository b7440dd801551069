using System.Text.Json.Nodes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace GroupTicketing.Platform;

/// <summary>
/// Brings what release 0.2 wrote into today's form. Every instance that starts meanwhile does the whole of it, and one
/// that was killed is followed by the next: each step finds only what is still as it was.
/// </summary>
sealed class MongoUpcast(IMongoDatabase database)
{
    readonly IMongoCollection<BsonDocument> documents = database.GetCollection<BsonDocument>("documents");
    readonly IMongoCollection<BsonDocument> sides = database.GetCollection<BsonDocument>("sides");

    public async Task Run()
    {
        var renamed = new BsonDocument { { "room", "service" }, { "owed", "pending" } };
        await documents.UpdateManyAsync(Exists("room"), new BsonDocument("$rename", renamed));
        await Move(documents, new BsonDocument("_id", Mongo.StartsWith("console/")), Document);
        await Move(sides, new BsonDocument("_id", Mongo.StartsWith("said|")), Piece);
        foreach (var collection in Sides.OfDocuments)
            await Move(sides, new BsonDocument("_id", Mongo.StartsWith($"{collection}|console/")), Piece);
        await Move(sides, new BsonDocument("_id", Mongo.StartsWith($"{Sides.Waiting}|")), Piece);
        await foreach (var document in All(documents, new BsonDocument("pending.lane", new BsonRegularExpression("console"))))
            await documents.UpdateOneAsync(
                new BsonDocument { { "_id", document["_id"] }, { "version", document["version"] } },
                new BsonDocument("$set", new BsonDocument("pending", Lanes(document["pending"].AsBsonArray)))
            );
        foreach (var former in new[] { "room_1_stamp_1__id_1", "room_1_shelf_1_stamp_1__id_1", "owed.target_1_owed.due_1" })
            await DropIndex(former);
    }

    static BsonDocument Document(BsonDocument former)
    {
        former["_id"] = "portal/" + former["_id"].AsString["console/".Length..];
        former["service"] = "portal";
        return former;
    }

    // collection|service/ticket|stream|place
    static BsonDocument Piece(BsonDocument former)
    {
        var parts = former["_id"].AsString.Split('|');
        if (parts[0] == "said")
            parts[0] = Sides.Messages;
        if (parts[1].StartsWith("console/", StringComparison.Ordinal))
            parts[1] = "portal/" + parts[1]["console/".Length..];
        if (parts.Length > 2 && parts[0] != Sides.Texts)
            parts[2] = FormerNames.Stream(parts[2]);
        former["_id"] = string.Join('|', parts);
        if (parts[0] == Sides.Waiting)
            former["body"] = Json.Write(FormerNames.Waiting(Json.Read<JsonObject>(former["body"].AsByteArray)));
        return former;
    }

    static BsonArray Lanes(BsonArray pending)
    {
        foreach (var lane in pending)
            lane["lane"] = FormerNames.Lane(lane["lane"].AsString);
        return pending;
    }

    // Inserted first: killed in between, both are there, and the former one goes the next time.
    static async Task Move(
        IMongoCollection<BsonDocument> collection,
        BsonDocument which,
        Func<BsonDocument, BsonDocument> renamed
    )
    {
        await foreach (var former in All(collection, which))
        {
            var key = former["_id"];
            if (renamed(former)["_id"] == key)
                continue;
            await Mongo.Inserts(collection, former);
            await collection.DeleteOneAsync(new BsonDocument("_id", key));
        }
    }

    static async IAsyncEnumerable<BsonDocument> All(IMongoCollection<BsonDocument> collection, BsonDocument which)
    {
        using var found = await collection.Find(which).ToCursorAsync();
        while (await found.MoveNextAsync())
        {
            foreach (var document in found.Current)
                yield return document;
        }
    }

    static BsonDocument Exists(string member) => new(member, new BsonDocument("$exists", true));

    async Task DropIndex(string name)
    {
        var names = await (await documents.Indexes.ListAsync()).ToListAsync();
        if (names.Exists(index => index["name"] == name))
            await documents.Indexes.DropOneAsync(name);
    }
}
