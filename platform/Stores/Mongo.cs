using MongoDB.Bson;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Driver;

namespace GroupTicketing.Platform;

/// <summary>How MongoDB is spoken to: what a write and a read must promise, how long is waited, what counts as
/// unavailable.</summary>
static class Mongo
{
    /// <summary>How often a write is tried that others were faster with.</summary>
    public const int MostRaces = 5;

    const int DuplicateKey = 11000;

    /// <summary>The database that an address names. What the address says of concerns and times does not count.</summary>
    public static IMongoDatabase Open(string url)
    {
        var name = MongoUrl.Create(url).DatabaseName
            ?? throw new ArgumentException("the address names no database: mongodb://host/groupticketing", nameof(url));
        var settings = MongoClientSettings.FromConnectionString(url);
        settings.ApplicationName = "groupticketing";
        settings.WriteConcern = WriteConcern.WMajority.With(wTimeout: TimeSpan.FromSeconds(10), journal: true);
        settings.ReadConcern = ReadConcern.Majority;
        settings.ReadPreference = ReadPreference.Primary;
        settings.ServerSelectionTimeout = TimeSpan.FromSeconds(5);
        settings.ConnectTimeout = TimeSpan.FromSeconds(5);
        settings.SocketTimeout = TimeSpan.FromSeconds(15);
        settings.WaitQueueTimeout = TimeSpan.FromSeconds(5);
        return new MongoClient(settings).GetDatabase(name);
    }

    /// <summary>Asks, and says that the store is unavailable where that fails.</summary>
    public static async Task<T> Ask<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception)
            when (exception is MongoException or TimeoutException or BsonException or FormatException or ObjectDisposedException)
        {
            // Never the text: it may quote what was written.
            var what = $"{exception.GetType().Name} {CodeOf(exception)}".TrimEnd();
            throw StoreUnavailableException.Because("NotTaken", exception, what);
        }
    }

    /// <summary>Inserts; false where the key is there already.</summary>
    public static async Task<bool> Inserts<T>(IMongoCollection<T> collection, T form)
    {
        try
        {
            await collection.InsertOneAsync(form, null, CancellationToken.None);
            return true;
        }
        catch (MongoException exception) when (IsDuplicate(exception))
        {
            return false;
        }
    }

    /// <summary>Writes whatever is there. Of two that find nothing at once the second is told of a duplicate, and asks
    /// again.</summary>
    public static async Task<T> Upsert<T>(Func<Task<T>> upsert)
    {
        for (var race = 1; race < MostRaces; race++)
        {
            try
            {
                return await upsert();
            }
            catch (MongoException exception) when (IsDuplicate(exception))
            {
                // As if it had come later.
            }
        }
        return await upsert();
    }


    public static bool IsDuplicate(Exception exception) => CodeOf(exception) == DuplicateKey;

    public static BsonDocument Is(string key) => new("_id", key);

    /// <summary>Strings are compared by their UTF-8 bytes: nothing that starts so comes after the last character there
    /// is.</summary>
    public static BsonDocument StartsWith(string prefix) => new() { { "$gte", prefix }, { "$lt", prefix + "\U0010FFFF" } };

    /// <summary>An index of these fields; a sparse one leaves out what has none of them.</summary>
    public static CreateIndexModel<T> Index<T>(bool sparse, params IEnumerable<string> fields) =>
        new(new BsonDocument(fields.Select(field => new BsonElement(field, 1))), new CreateIndexOptions { Sparse = sparse });

    // Before 1970 only "at once" is said (a missing due time): it is stored as 1970.
    public static DateTime Time(DateTimeOffset at) => at < DateTimeOffset.UnixEpoch ? DateTime.UnixEpoch : at.UtcDateTime;

    public static DateTime? Time(DateTimeOffset? at) => at is { } known ? Time(known) : null;

    static int? CodeOf(Exception exception) => exception switch
    {
        MongoWriteException write => write.WriteError?.Code,
        MongoCommandException command => command.Code,
        _ => null,
    };
}

/// <summary>A document as it is kept, with what is pending. The body comes last: what is asked of the rest must not read
/// over it.</summary>
[BsonIgnoreExtraElements]
sealed class MongoDocument
{
    [BsonId]
    public string Key { get; init; } = "";

    [BsonElement("service")]
    public string Service { get; init; } = "";

    [BsonElement("version")]
    public long Version { get; init; }

    [BsonElement("shelf"), BsonIgnoreIfNull]
    public string? Shelf { get; init; }

    [BsonElement("stamp")]
    public DateTime Stamp { get; init; }

    [BsonElement("expires"), BsonIgnoreIfNull]
    public DateTime? Expires { get; init; }

    [BsonElement("pending"), BsonIgnoreIfNull]
    public IReadOnlyList<MongoPending>? Pending { get; init; }

    // When the first of its reminders is due: every live ticket has one, and not every engine looks for both members of
    // a lane in one index.
    [BsonElement("wakes"), BsonIgnoreIfNull]
    public DateTime? Wakes { get; init; }

    [BsonElement("body")]
    public byte[] Body { get; init; } = [];

    public static MongoDocument From(StoredDocument document, IReadOnlyList<PendingLane> pending) => new()
    {
        Key = document.Key,
        Service = document.Service,
        Version = document.Version,
        Shelf = document.Shelf,
        Stamp = Mongo.Time(document.Stamp),
        Expires = Mongo.Time(document.Expires),
        Pending = pending.Count == 0 ? null : [.. pending.Select(MongoPending.From)],
        Wakes = Mongo.Time(pending.Where(lane => lane.Target == Outbox.Clock).Min(lane => lane.Due)),
        Body = document.Body,
    };

    public StoredDocument Document() =>
        new(Key, Version, Body, Shelf, new DateTimeOffset(Stamp), Expires is { } time ? new DateTimeOffset(time) : null);
}

/// <summary>One lane of what is pending; without a due time it waits for a person.</summary>
[BsonIgnoreExtraElements]
sealed class MongoPending
{
    [BsonElement("lane")]
    public string Lane { get; init; } = "";

    [BsonElement("target")]
    public string Target { get; init; } = "";

    [BsonElement("due"), BsonIgnoreIfNull]
    public DateTime? Due { get; init; }

    [BsonElement("since")]
    public DateTime Since { get; init; }

    [BsonElement("count")]
    public int Count { get; init; }

    [BsonElement("error"), BsonIgnoreIfNull]
    public string? Error { get; init; }

    [BsonElement("cause"), BsonIgnoreIfNull]
    public string? Cause { get; init; }

    public static MongoPending From(PendingLane pending) =>
        new()
        {
            Lane = pending.Lane,
            Target = pending.Target,
            Due = Mongo.Time(pending.Due),
            Since = Mongo.Time(pending.Since),
            Count = pending.Count,
            Error = pending.Error,
            Cause = pending.Cause?.ToString(),
        };

    public PendingLane From(string key) =>
        new(
            key,
            Lane,
            Target,
            Due is { } time ? new DateTimeOffset(time) : null,
            new DateTimeOffset(Since),
            Count,
            Error,
            CauseOf(Cause)
        );

    // One that a later release names is none of ours.
    static Cause? CauseOf(string? name) =>
        name is null ? null
        : Enum.TryParse<Cause>(name, out var cause) ? cause
        : Platform.Cause.Other;
}

/// <summary>One lane as it is found, apart from its document.</summary>
sealed class MongoLane
{
    [BsonId]
    public string Key { get; init; } = "";

    [BsonElement("pending")]
    public MongoPending Pending { get; init; } = new();
}

/// <summary>What lies apart from documents.</summary>
[BsonIgnoreExtraElements]
sealed class MongoPiece
{
    [BsonId]
    public string Key { get; init; } = "";

    [BsonElement("expires"), BsonIgnoreIfNull]
    public DateTime? Expires { get; init; }

    [BsonElement("body")]
    public byte[] Body { get; init; } = [];

    public static string KeyOf(string collection, string key) => $"{collection}|{key}";
}
