using MongoDB.Bson;
using MongoDB.Driver;

namespace GroupTicketing.Platform;

/// <summary>What MongoDB is asked of lanes: each question looks at what is due or pending, not at the reminders, of which
/// every live ticket has one.</summary>
static class MongoLanes
{
    // 0 where a person is waited for: it has no due time.
    static BsonDocument WaitingFirst =>
        new(
            "$addFields",
            new BsonDocument(
                "waits",
                new BsonDocument(
                    "$cond",
                    new BsonArray { new BsonDocument("$ifNull", new BsonArray { "$pending.due", false }), 1, 0 }
                )
            )
        );

    // By both neighbours of the reminders in the index.
    static BsonDocument[] Beside => [new("$lt", Outbox.Clock), new("$gt", Outbox.Clock)];

    static BsonDocument PendingElsewhere =>
        new("$or", new BsonArray(Beside.Select(beside => new BsonDocument("pending.target", beside))));

    /// <summary>What has a reminder.</summary>
    public static BsonDocument OfClock => new("pending.target", Outbox.Clock);

    /// <summary>Says of a document when the first of its reminders is due.</summary>
    public static PipelineDefinition<MongoDocument, MongoDocument> Waking
    {
        get
        {
            var reminders = new BsonDocument(
                "$filter",
                new BsonDocument
                {
                    { "input", "$pending" },
                    { "as", "lane" },
                    { "cond", new BsonDocument("$eq", new BsonArray { "$$lane.target", Outbox.Clock }) },
                }
            );
            var first = new BsonDocument(
                "$min",
                new BsonDocument(
                    "$map",
                    new BsonDocument
                    {
                        { "input", reminders },
                        { "as", "lane" },
                        { "in", "$$lane.due" },
                    }
                )
            );
            return new BsonDocument[] { new("$set", new BsonDocument("wakes", first)) };
        }
    }

    /// <summary>What is due of one target, the oldest first.</summary>
    public static BsonDocument[] Due(string target, DateTimeOffset now, int limit)
    {
        var due = new BsonDocument("$lte", Mongo.Time(now));
        return Lanes(
            target == Outbox.Clock
                ? new BsonDocument("wakes", due)
                : new BsonDocument(
                    "pending",
                    new BsonDocument("$elemMatch", new BsonDocument { { "target", target }, { "due", due } })
                ),
            new BsonDocument { { "pending.target", target }, { "pending.due", due } },
            [new("$sort", new BsonDocument("pending.due", 1))],
            limit
        );
    }

    /// <summary>Targets of which something is due, but for the clock.</summary>
    public static BsonDocument[] DueTargets(DateTimeOffset now)
    {
        var due = new BsonDocument("$lte", Mongo.Time(now));
        return
        [
            new(
                "$match",
                new BsonDocument(
                    "$or",
                    new BsonArray(
                        Beside.Select(beside => new BsonDocument(
                            "pending",
                            new BsonDocument("$elemMatch", new BsonDocument { { "target", beside }, { "due", due } })
                        ))
                    )
                )
            ),
            new("$unwind", "$pending"),
            new(
                "$match",
                new BsonDocument { { "pending.due", due }, { "pending.target", new BsonDocument("$ne", Outbox.Clock) } }
            ),
            new("$group", new BsonDocument("_id", "$pending.target")),
        ];
    }

    /// <summary>How much is pending for each target, and since when.</summary>
    public static BsonDocument[] ByTarget() =>
        [
            new("$match", PendingElsewhere),
            new("$unwind", "$pending"),
            new("$match", new BsonDocument("pending.target", new BsonDocument("$ne", Outbox.Clock))),
            new(
                "$group",
                new BsonDocument
                {
                    { "_id", "$pending.target" },
                    { "count", new BsonDocument("$sum", 1) },
                    { "oldest", new BsonDocument("$min", "$pending.since") },
                }
            ),
        ];

    /// <summary>What people look at: what waits for them first, then the oldest.</summary>
    public static BsonDocument[] Listed(PendingQuery query, int limit)
    {
        var lanes = new BsonDocument();
        if (query.Target is { } target)
            lanes.Add("pending.target", target);
        else if (query.Key is null)
            lanes.Add("pending.target", new BsonDocument("$ne", Outbox.Clock));
        if (query.Cause is { } cause)
            lanes.Add("pending.cause", cause.ToString());
        if (query.Error is { } error)
            lanes.Add("pending.error", error);
        var documents = (query.Key, query.Target) switch
        {
            ({ } key, _) => Mongo.Is(key),
            (_, { } one) => new BsonDocument("pending.target", one),
            _ => PendingElsewhere,
        };
        BsonDocument[] after = query.After is { } last ? [new("$match", After(last))] : [];
        return Lanes(
            documents,
            lanes,
            [
                WaitingFirst,
                .. after,
                new(
                    "$sort",
                    new BsonDocument
                    {
                        { "waits", 1 },
                        { "pending.since", 1 },
                        { "_id", 1 },
                        { "pending.lane", 1 },
                    }
                ),
            ],
            limit
        );
    }

    static BsonDocument After(PendingCursor last)
    {
        (string Field, BsonValue Value)[] order =
        [
            ("waits", last.Waits ? 0 : 1),
            ("pending.since", Mongo.Time(last.Since)),
            ("_id", last.Key),
            ("pending.lane", last.Lane),
        ];
        return new("$or", new BsonArray(order.Select((field, place) =>
        {
            var condition = new BsonDocument(order[..place].Select(same => new BsonElement(same.Field, same.Value)));
            return condition.Add(field.Field, new BsonDocument("$gt", field.Value));
        })));
    }

    static BsonDocument[] Lanes(BsonDocument ofDocuments, BsonDocument ofLanes, BsonDocument[] ordered, int limit) =>
    [
        new("$match", ofDocuments),
        new("$unwind", "$pending"),
        new("$match", ofLanes),
        .. ordered,
        new("$limit", limit),
        new("$project", new BsonDocument("pending", 1)),
    ];
}
