using Microsoft.Data.Sqlite;

namespace GroupTicketing.Platform;

/// <summary>The embedded store's tables, and how its connections are set: WAL, synchronous FULL. Rows with bodies have a row id: without one SQLite keeps them in an index's pages, a quarter of a page each at most. Errors have a table of
/// their own: the release before writes rows of what is owed without them.</summary>
static class SqliteSchema
{
    const int Current = 1;

    const string Tables = """
        CREATE TABLE IF NOT EXISTS documents (key TEXT PRIMARY KEY, room TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL, shelf TEXT, stamp INTEGER NOT NULL, expires INTEGER);
        CREATE INDEX IF NOT EXISTS documents_listed ON documents (room, stamp);
        CREATE INDEX IF NOT EXISTS documents_shelved ON documents (room, shelf, stamp) WHERE shelf IS NOT NULL;
        CREATE INDEX IF NOT EXISTS documents_expiring ON documents (expires) WHERE expires IS NOT NULL;
        CREATE TABLE IF NOT EXISTS owed (key TEXT NOT NULL, lane TEXT NOT NULL, target TEXT NOT NULL, due INTEGER, since INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (key, lane)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS owed_due ON owed (target, due);
        CREATE TABLE IF NOT EXISTS owed_errors (key TEXT NOT NULL, lane TEXT NOT NULL, error TEXT NOT NULL, PRIMARY KEY (key, lane)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS sides (collection TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, expires INTEGER, PRIMARY KEY (collection, key));
        CREATE INDEX IF NOT EXISTS sides_expiring ON sides (expires) WHERE expires IS NOT NULL;
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT OR IGNORE INTO meta VALUES ('epoch', 1), ('schema', 1);
        """;

    /// <summary>A connection for a reader, whose pages count for nothing after the next write of anybody: a cache as large as the writer's would cost MiB each and save nothing.</summary>
    public static SqliteConnection OpenToRead(string file) => Open(file, 512);

    public static SqliteConnection Open(string file, int cacheKiB = 8_000)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ToString());
        connection.Open();
        Execute(connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -{cacheKiB}; PRAGMA wal_autocheckpoint = 2000;");
        return connection;
    }

    /// <summary>Makes what is missing and answers the epoch.</summary>
    public static long Prepare(SqliteConnection connection)
    {
        if (Newer(connection) is { } newer)
            throw new StoreUnavailableException(newer);
        Execute(connection, Tables);
        return Value(connection, "epoch")!.Value;
    }

    /// <summary>That a newer release wrote it in a form this one does not read, or null.</summary>
    public static string? Newer(SqliteConnection connection) => HasMeta(connection) && Value(connection, "schema") is { } schema and > Current
        ? StoreUnavailableException.Newer(schema, Current)
        : null;

    public static long RaiseEpoch(SqliteConnection connection, DateTimeOffset now)
    {
        Execute(connection, $"UPDATE meta SET value = value + 1 WHERE name = 'epoch'; INSERT OR REPLACE INTO meta VALUES ('restored', {now.ToUnixTimeMilliseconds()})");
        return Value(connection, "epoch")!.Value;
    }

    /// <summary>When a backup was last put back; null: never.</summary>
    public static DateTimeOffset? Restored(SqliteConnection connection) => Value(connection, "restored") is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    static bool HasMeta(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'meta'";
        return (long)command.ExecuteScalar()! == 1;
    }

    static long? Value(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM meta WHERE name = $name";
        command.Parameters.AddWithValue("$name", name);
        return (long?)command.ExecuteScalar();
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
