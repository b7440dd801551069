using MongoDB.Bson;
using MongoDB.Driver;

namespace GroupTicketing.Platform;

/// <summary>
/// The store of several instances: MongoDB, standalone, replica set or sharded. Each write touches one document and is
/// answered when a majority has it in its journal.
/// A document holds what is pending, so that both are one write.
/// </summary>
public sealed partial class MongoStore : IStore, IDisposable
{
    const int MostDeleted = 500;

    readonly IMongoDatabase database;
    readonly IMongoCollection<MongoDocument> documents;
    readonly IMongoCollection<MongoPiece> pieces;
    readonly MongoMeta meta;

    /// <summary>Connects, and makes the indexes that are missing.</summary>
    /// <param name="url">With the database's name, e.g. <c>mongodb://mongo:27017/groupticketing</c>.</param>
    /// <exception cref="StoreUnavailableException">It does not answer, or a newer release wrote it.</exception>
    public MongoStore(string url)
    {
        database = Mongo.Open(url);
        documents = database.GetCollection<MongoDocument>("documents");
        pieces = database.GetCollection<MongoPiece>("sides");
        meta = new MongoMeta(database);
#pragma warning disable RS0030 // Opened once, before anything runs.
        (Epoch, Restored) = Mongo.Ask(Prepare).GetAwaiter().GetResult();
#pragma warning restore RS0030
    }

    /// <summary>After a restore from backup, before any process opens the store again: numbers given from now on are
    /// told from those given after the backup was made.</summary>
    /// <returns>The new epoch.</returns>
    /// <exception cref="StoreUnavailableException">It does not answer, or a newer release wrote it.</exception>
    public static Task<long> RaiseEpoch(string url, DateTimeOffset now) =>
        Mongo.Ask(() => new MongoMeta(Mongo.Open(url)).RaiseEpoch(now));

    /// <inheritdoc/>
    public long Epoch { get; }

    /// <inheritdoc/>
    public DateTimeOffset? Restored { get; }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> Load(string key, CancellationToken ct)
    {
        var found = await Mongo.Ask(() => documents.Find(Mongo.Is(key)).FirstOrDefaultAsync(ct));
        return found?.Document();
    }

    /// <inheritdoc/>
    public Task<bool> Save(StoredDocument document, IReadOnlyList<PendingLane> pending, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (fault is { } lost)
            throw new StoreUnavailableException(lost);
        var form = MongoDocument.From(document, pending);
        // Once sent it will be written or refused; whoever asked stays to hear it, so that a cancelled caller never
        // doubts its own write.
        return Mongo.Ask(() => document.Version == 1 ? Mongo.Inserts(documents, form) : Replace(form));
    }

    async Task<bool> Replace(MongoDocument form)
    {
        var before = new BsonDocument { { "_id", form.Key }, { "version", form.Version - 1 } };
        return (await documents.ReplaceOneAsync(before, form, cancellationToken: CancellationToken.None)).MatchedCount == 1;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredDocument>> List(
        string service,
        string? shelf,
        Cursor? cursor,
        int limit,
        CancellationToken ct
    )
    {
        var wanted = new BsonDocument("service", service);
        if (shelf is not null)
            wanted.Add("shelf", shelf);
        if (cursor is { Stamp: var stamp, Key: var key })
        {
            var at = Mongo.Time(stamp);
            // The first condition alone bounds what is looked at in the index.
            wanted.Add("stamp", new BsonDocument("$lte", at));
            wanted.Add(
                "$or",
                new BsonArray
                {
                    new BsonDocument("stamp", new BsonDocument("$lt", at)),
                    new BsonDocument("_id", new BsonDocument("$lt", key)),
                }
            );
        }
        return await Found(documents.Find(wanted).Sort(new BsonDocument { { "stamp", -1 }, { "_id", -1 } }).Limit(limit), ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDocument>> Expired(string service, DateTimeOffset now, int limit, CancellationToken ct)
    {
        var wanted = new BsonDocument
        {
            { "expires", new BsonDocument("$lte", Mongo.Time(now)) },
            { "service", service },
            { "pending", new BsonDocument("$exists", false) },
        };
        return Found(documents.Find(wanted).Sort(new BsonDocument("expires", 1)).Limit(limit), ct);
    }

    static async Task<IReadOnlyList<StoredDocument>> Found(IFindFluent<MongoDocument, MongoDocument> find, CancellationToken ct)
    {
        var found = await Mongo.Ask(() => find.ToListAsync(ct));
        return [.. found.Select(form => form.Document())];
    }

    /// <inheritdoc/>
    public Task<bool> Delete(string key, long version, CancellationToken ct) =>
        Mongo.Ask(async () =>
            (
                await documents.DeleteOneAsync(
                    new BsonDocument
                    {
                        { "_id", key },
                        { "version", version },
                        { "pending", new BsonDocument("$exists", false) },
                    },
                    ct
                )
            ).DeletedCount == 1
        );

    /// <inheritdoc/>
    public Task DeleteApart(string key, CancellationToken ct) =>
        Mongo.Ask(() =>
            pieces.DeleteManyAsync(
                new BsonDocument("$or", new BsonArray(Sides.OfDocuments.Select(collection => Apart(collection, key)))),
                ct
            )
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingLane>> Due(string target, DateTimeOffset now, int limit, CancellationToken ct) =>
        Lanes(MongoLanes.Due(target, now, limit), ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> DueTargets(DateTimeOffset now, CancellationToken ct)
    {
        var found = await Mongo.Ask(() =>
            documents.Aggregate<BsonDocument>(MongoLanes.DueTargets(now), cancellationToken: ct).ToListAsync(ct)
        );
        var targets = found.Select(target => target["_id"].AsString);
        return await Due(Outbox.Clock, now, 1, ct) is [] ? [.. targets] : [.. targets, Outbox.Clock];
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingLane>> ListPending(PendingQuery query, int limit, CancellationToken ct) =>
        Lanes(MongoLanes.Listed(query, limit), ct);

    async Task<IReadOnlyList<PendingLane>> Lanes(BsonDocument[] stages, CancellationToken ct)
    {
        var found = await Mongo.Ask(() => documents.Aggregate<MongoLane>(stages, cancellationToken: ct).ToListAsync(ct));
        return [.. found.Select(lane => lane.Pending.From(lane.Key))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> PendingByTarget(CancellationToken ct)
    {
        var found = await Mongo.Ask(() =>
            documents.Aggregate<BsonDocument>(MongoLanes.ByTarget(), cancellationToken: ct).ToListAsync(ct)
        );
        return
        [
            .. found.Select(target =>
                (target["_id"].AsString, target["count"].ToInt32(), new DateTimeOffset(target["oldest"].ToUniversalTime()))
            ),
        ];
    }

    /// <inheritdoc/>
    public Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var piece = new MongoPiece { Key = MongoPiece.KeyOf(collection, key), Expires = Mongo.Time(expires), Body = body };
        return Mongo.Ask(() =>
            Mongo.Upsert(() =>
                pieces.ReplaceOneAsync(Mongo.Is(piece.Key), piece, new ReplaceOptions { IsUpsert = true }, CancellationToken.None)
            )
        );
    }

    /// <inheritdoc/>
    public Task<byte[]?> PutSideOnce(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) =>
        Mongo.Ask(async () =>
        {
            ct.ThrowIfCancellationRequested();
            var piece = new MongoPiece
            {
                Key = MongoPiece.KeyOf(collection, key),
                Expires = Mongo.Time(expires),
                Body = body,
            };
            for (var race = 0; race < Mongo.MostRaces; race++)
            {
                if (await Mongo.Inserts(pieces, piece))
                    return null;
                // What was there may be gone by now: then it is written after all.
                if (await pieces.Find(Mongo.Is(piece.Key)).FirstOrDefaultAsync(CancellationToken.None) is { } there)
                    return there.Body;
            }
            throw new StoreUnavailableException("a piece came and went");
        });

    /// <inheritdoc/>
    public async ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct)
    {
        var found = await Mongo.Ask(() => pieces.Find(Mongo.Is(MongoPiece.KeyOf(collection, key))).FirstOrDefaultAsync(ct));
        return found?.Body;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(string collection, string prefix, CancellationToken ct)
    {
        var wanted = new BsonDocument("_id", Mongo.StartsWith(MongoPiece.KeyOf(collection, prefix)));
        var found = await Mongo.Ask(() => pieces.Find(wanted).Sort(new BsonDocument("_id", 1)).ToListAsync(ct));
        return [.. found.Select(piece => (piece.Key[(collection.Length + 1)..], piece.Body))];
    }

    /// <inheritdoc/>
    public Task DeleteSide(string collection, string key, CancellationToken ct) =>
        Mongo.Ask(() => pieces.DeleteOneAsync(Mongo.Is(MongoPiece.KeyOf(collection, key)), ct));

    /// <inheritdoc/>
    public Task<int> DeleteExpiredSides(DateTimeOffset now, CancellationToken ct) =>
        Mongo.Ask(async () =>
        {
            var expired = new BsonDocument("expires", new BsonDocument("$lte", Mongo.Time(now)));
            var keys = await pieces.Find(expired).Limit(MostDeleted).Project(piece => piece.Key).ToListAsync(ct);
            return (int)
                (await pieces.DeleteManyAsync(expired.Add("_id", new BsonDocument("$in", new BsonArray(keys))), ct)).DeletedCount;
        });

    /// <summary>Ends the connections.</summary>
    public void Dispose() => database.Client.Dispose();

    static BsonDocument Apart(string collection, string key) =>
        new("_id", Mongo.StartsWith(MongoPiece.KeyOf(collection, key + "|")));

    async Task<(long Epoch, DateTimeOffset? Restored)> Prepare()
    {
        var epoch = await meta.Epoch();
        (identity, _) = await meta.Identity(CancellationToken.None);
        await documents.Indexes.CreateManyAsync(
        [
            Mongo.Index<MongoDocument>(sparse: false, "service", "stamp", "_id"),
            Mongo.Index<MongoDocument>(sparse: false, "service", "shelf", "stamp", "_id"),
            Mongo.Index<MongoDocument>(sparse: true, "pending.target", "pending.due"),
            Mongo.Index<MongoDocument>(sparse: true, "wakes"),
            Mongo.Index<MongoDocument>(sparse: true, "expires"),
        ]);
        await meta.Upcast(async () =>
        {
            await new MongoUpcast(database).Run();
            await documents.UpdateManyAsync(MongoLanes.OfClock, MongoLanes.Waking);
        });
        await pieces.Indexes.CreateOneAsync(Mongo.Index<MongoPiece>(sparse: true, "expires"));
        return (epoch, await meta.Restored());
    }
}
