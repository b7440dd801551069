using MongoDB.Bson;
using Npgsql;

namespace MongoGateway;

/// <summary>MongoDB's commands as calls of the engine: those of single documents, their reading and their indexes. No
/// transactions.</summary>
sealed class Commands(Engine engine, Logins? logins)
{
    static readonly byte[] ok = new BsonDocument("ok", 1.0).ToBson();

    readonly Cursors cursors = new(engine);

    /// <summary>The reply to one command, errors included.</summary>
    public async Task<byte[]> Answer(WireCommand command)
    {
        try
        {
            return await Run(command.Document.GetElement(0).Name, command);
        }
        catch (PostgresException exception)
        {
            var code = Errors.CodeOf(exception.SqlState);
            return Errors.Reply(code, Errors.NameOf(code) ?? exception.SqlState, exception.MessageText);
        }
        catch (CommandException exception)
        {
            return Errors.Reply(exception.Code, exception.Name, exception.Message);
        }
        catch (Exception exception)
            when (exception is NpgsqlException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            Console.Error.WriteLine(exception);
            return Errors.Reply(1, "InternalError", exception.Message);
        }
    }

    async Task<byte[]> Run(string name, WireCommand command)
    {
        var document = command.Document;
        var database = document.TryGetValue("$db", out var named) ? named.AsString : "admin";
        return name switch
        {
            "hello" or "isMaster" or "ismaster" => Hello(logins is not null && document.Contains("saslSupportedMechs")),
            "saslStart" when logins is not null => logins.Start(document),
            "saslContinue" when logins is not null => logins.Continue(document),
            "ping" or "endSessions" => ok,
            "buildInfo" => new BsonDocument
            {
                { "version", "8.0.0" },
                {
                    "versionArray",
                    new BsonArray { 8, 0, 0, 0 }
                },
                { "ok", 1.0 },
            }.ToBson(),
            "insert" or "update" or "delete" => await Write(name, database, command),
            "findAndModify" => await engine.Call(
                "select p_result::bytea from documentdb_api.find_and_modify($1, $2::bytea::documentdb_core.bson, $3)",
                Bytes,
                database,
                command.Body,
                RetryOf(document)
            ),
            "find" or "aggregate" => await cursors.First(name, database, command.Body),
            "listCollections" => await cursors.First("list_collections", database, command.Body),
            "listIndexes" => await cursors.First("list_indexes", database, command.Body),
            "getMore" => await cursors.Next(database, document, command.Body),
            "killCursors" => await CloseCursors(document),
            "count" or "distinct" => await engine.Call(
                $"select document::bytea from documentdb_api.{name}_query($1, $2::bytea::documentdb_core.bson)",
                Bytes,
                database,
                command.Body
            ),
            "createIndexes" => Inner(
                await engine.Call(
                    "select documentdb_api_internal.create_indexes_non_concurrently($1, $2::bytea::documentdb_core.bson, "
                    + "true)::bytea",
                    Bytes,
                    database,
                    command.Whole()
                )
            ),
            "explain" => await Explain(database, document["explain"].AsBsonDocument.ToBson()),
            "dropDatabase" => await DropDatabase(database),
            _ => throw new CommandException(59, "CommandNotFound", $"no such command: '{name}'"),
        };
    }

    async Task<byte[]> Write(string name, string database, WireCommand command)
    {
        var sql =
            $"select p_result::bytea, p_success from documentdb_api.{name}($1, $2::bytea::documentdb_core.bson, "
            + "$3::bytea::documentdb_core.bsonsequence, $4)";
        var (reply, clean) = await engine.Call(
            sql,
            row => (Bytes(row), row.GetBoolean(1)),
            database,
            command.Body,
            command.Sequence,
            RetryOf(command.Document)
        );
        return clean ? reply : Errors.OfWrites(reply);
    }

    // Of an aggregate, by the engine's own plan: how many rows its scans touched, those they threw away included.
    async Task<byte[]> Explain(string database, byte[] aggregate)
    {
        var sql =
            $"explain (analyze, format json) select document from "
            + $"documentdb_api_catalog.bson_aggregation_pipeline('{database}', "
            + $"'\\x{Convert.ToHexString(aggregate)}'::bytea::documentdb_core.bson)";
        var plan = BsonDocument.Parse($"{{ plan: {await engine.Call(sql, row => row.GetString(0))} }}")["plan"];
        return new BsonDocument
        {
            { "executionStats", new BsonDocument("totalDocsExamined", Scanned(plan)) },
            { "plan", plan },
            { "ok", 1.0 },
        }.ToBson();
    }

    static long Scanned(BsonValue plan) => plan switch
    {
        BsonArray nodes => nodes.Sum(Scanned),
        BsonDocument node => (IsScan(node) ? Rows(node) : 0)
            + node.Values.Where(value => value is BsonArray or BsonDocument).Sum(Scanned),
        _ => 0,
    };

    static bool IsScan(BsonDocument node) =>
        node.TryGetValue("Node Type", out var type)
        && type.AsString is "Seq Scan" or "Index Scan" or "Bitmap Heap Scan" or "Custom Scan";

    static long Rows(BsonDocument node) =>
        ((string[])["Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck"]).Sum(name =>
            node.GetValue(name, 0).ToInt64()
        ) * node["Actual Loops"].ToInt64();

    async Task<byte[]> CloseCursors(RawBsonDocument document)
    {
        foreach (var id in document["cursors"].AsBsonArray)
            await cursors.Close(id.ToInt64());
        return new BsonDocument { { "cursorsKilled", document["cursors"].AsBsonArray.DeepClone() }, { "ok", 1.0 } }.ToBson();
    }

    async Task<byte[]> DropDatabase(string database)
    {
        await engine.Call("select documentdb_api.drop_database($1) is null", row => row.GetBoolean(0), database);
        return new BsonDocument { { "dropped", database }, { "ok", 1.0 } }.ToBson();
    }

    // A primary alone: with it drivers number their writes, and the engine knows one that is said twice.
    static byte[] Hello(bool asksHowToLogIn)
    {
        var self = Environment.GetEnvironmentVariable("MEMBER") ?? "127.0.0.1:27017";
        var hello = new BsonDocument
        {
            { "isWritablePrimary", true },
            { "ismaster", true },
            { "setName", "rs0" },
            { "setVersion", 1 },
            { "secondary", false },
            { "hosts", new BsonArray { self } },
            { "me", self },
            { "primary", self },
            { "maxBsonObjectSize", 16 * 1024 * 1024 },
            { "maxMessageSizeBytes", 48_000_000 },
            { "maxWriteBatchSize", 25_000 },
            { "localTime", DateTime.UtcNow },
            { "logicalSessionTimeoutMinutes", 30 },
            { "minWireVersion", 0 },
            { "maxWireVersion", 25 },
            { "readOnly", false },
            { "ok", 1.0 },
        };
        if (asksHowToLogIn)
            hello["saslSupportedMechs"] = new BsonArray { "SCRAM-SHA-256" };
        return hello.ToBson();
    }

    static string? RetryOf(RawBsonDocument document) => document.TryGetValue("txnNumber", out var number)
        ? $"{Convert.ToHexString(document["lsid"].AsBsonDocument["id"].AsBsonBinaryData.Bytes)}:{number}"
        : null;

    // { raw: { defaultShard: {...} }, ok } holds the reply a driver expects.
    static byte[] Inner(byte[] reply) =>
        new RawBsonDocument(reply).TryGetValue("raw", out var raw) && raw is BsonDocument { ElementCount: > 0 } shards
            ? ((BsonDocument)shards[0]).ToBson()
            : reply;

    static byte[] Bytes(NpgsqlDataReader row) => row.GetFieldValue<byte[]>(0);
}
