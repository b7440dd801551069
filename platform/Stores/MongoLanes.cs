using MongoDB.Bson;
using MongoDB.Driver;

namespace GroupTicketing.Platform;

/// <summary>What MongoDB is asked of lanes: each question looks at what is due or owed, not at the reminders, of which
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
                    new BsonArray { new BsonDocument("$ifNull", new BsonArray { "$owed.due", false }), 1, 0 }
                )
            )
        );

    // By both neighbours of the reminders in the index.
    static BsonDocument[] Beside => [new("$lt", Debts.Clock), new("$gt", Debts.Clock)];

    static BsonDocument OwingOthers =>
        new("$or", new BsonArray(Beside.Select(beside => new BsonDocument("owed.target", beside))));

    /// <summary>What has a reminder.</summary>
    public static BsonDocument OfClock => new("owed.target", Debts.Clock);

    /// <summary>Says of a document when the first of its reminders is due.</summary>
    public static PipelineDefinition<MongoDocument, MongoDocument> Waking
    {
        get
        {
            var reminders = new BsonDocument(
                "$filter",
                new BsonDocument
                {
                    { "input", "$owed" },
                    { "as", "lane" },
                    { "cond", new BsonDocument("$eq", new BsonArray { "$$lane.target", Debts.Clock }) },
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
            target == Debts.Clock
                ? new BsonDocument("wakes", due)
                : new BsonDocument(
                    "owed",
                    new BsonDocument("$elemMatch", new BsonDocument { { "target", target }, { "due", due } })
                ),
            new BsonDocument { { "owed.target", target }, { "owed.due", due } },
            [new("$sort", new BsonDocument("owed.due", 1))],
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
                            "owed",
                            new BsonDocument("$elemMatch", new BsonDocument { { "target", beside }, { "due", due } })
                        ))
                    )
                )
            ),
            new("$unwind", "$owed"),
            new("$match", new BsonDocument { { "owed.due", due }, { "owed.target", new BsonDocument("$ne", Debts.Clock) } }),
            new("$group", new BsonDocument("_id", "$owed.target")),
        ];
    }

    /// <summary>How much each target is owed, and since when.</summary>
    public static BsonDocument[] ByTarget() =>
        [
            new("$match", OwingOthers),
            new("$unwind", "$owed"),
            new("$match", new BsonDocument("owed.target", new BsonDocument("$ne", Debts.Clock))),
            new(
                "$group",
                new BsonDocument
                {
                    { "_id", "$owed.target" },
                    { "count", new BsonDocument("$sum", 1) },
                    { "oldest", new BsonDocument("$min", "$owed.since") },
                }
            ),
        ];

    /// <summary>What people look at: what waits for them first, then the oldest.</summary>
    public static BsonDocument[] Listed(OwedQuery query, int limit)
    {
        var lanes = new BsonDocument();
        if (query.Target is { } target)
            lanes.Add("owed.target", target);
        else if (query.Key is null)
            lanes.Add("owed.target", new BsonDocument("$ne", Debts.Clock));
        if (query.Cause is { } cause)
            lanes.Add("owed.cause", cause.ToString());
        if (query.Error is { } error)
            lanes.Add("owed.error", error);
        var documents = (query.Key, query.Target) switch
        {
            ({ } key, _) => Mongo.Is(key),
            (_, { } one) => new BsonDocument("owed.target", one),
            _ => OwingOthers,
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
                        { "owed.since", 1 },
                        { "_id", 1 },
                        { "owed.lane", 1 },
                    }
                ),
            ],
            limit
        );
    }

    static BsonDocument After(OwedCursor last)
    {
        (string Field, BsonValue Value)[] order =
        [
            ("waits", last.Waits ? 0 : 1),
            ("owed.since", Mongo.Time(last.Since)),
            ("_id", last.Key),
            ("owed.lane", last.Lane),
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
        new("$unwind", "$owed"),
        new("$match", ofLanes),
        .. ordered,
        new("$limit", limit),
        new("$project", new BsonDocument("owed", 1)),
    ];
}
