using Microsoft.Data.Sqlite;

namespace GroupTicketing.Platform;

/// <summary>The embedded store's tables, and how its connections are set: WAL, synchronous FULL. Rows with bodies have
/// a row id: without one SQLite keeps them in an index's pages, a quarter of a page each at most.</summary>
static class SqliteSchema
{
    const int Current = 2;

    const string Tables = """
        CREATE TABLE IF NOT EXISTS documents (key TEXT PRIMARY KEY, service TEXT NOT NULL, version INTEGER NOT NULL,
            body BLOB NOT NULL, shelf TEXT, stamp INTEGER NOT NULL, expires INTEGER);
        CREATE INDEX IF NOT EXISTS documents_by_time ON documents (service, stamp, key);
        CREATE INDEX IF NOT EXISTS documents_by_shelf ON documents (service, shelf, stamp, key) WHERE shelf IS NOT NULL;
        CREATE INDEX IF NOT EXISTS documents_expiring ON documents (expires) WHERE expires IS NOT NULL;
        CREATE TABLE IF NOT EXISTS pending (key TEXT NOT NULL, lane TEXT NOT NULL, target TEXT NOT NULL, due INTEGER,
            since INTEGER NOT NULL, count INTEGER NOT NULL, error TEXT, cause TEXT, PRIMARY KEY (key, lane)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS pending_due ON pending (target, due);
        CREATE INDEX IF NOT EXISTS pending_since ON pending (target, since);
        CREATE TABLE IF NOT EXISTS sides (collection TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, expires INTEGER,
            PRIMARY KEY (collection, key));
        CREATE INDEX IF NOT EXISTS sides_expiring ON sides (expires) WHERE expires IS NOT NULL;
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT OR IGNORE INTO meta VALUES ('epoch', 1), ('schema', 2);
        """;

    // From schema 1 (0.1, 0.2): errors lay in a table of their own, lists were by time alone, and what a service keeps and what
    // is pending bore other names.
    const string FromFirst = """
        ALTER TABLE owed ADD COLUMN error TEXT;
        ALTER TABLE owed ADD COLUMN cause TEXT;
        UPDATE owed SET error = (SELECT error FROM owed_errors AS old WHERE old.key = owed.key AND old.lane = owed.lane);
        DROP TABLE IF EXISTS owed_errors;
        DROP INDEX IF EXISTS documents_listed;
        DROP INDEX IF EXISTS documents_shelved;
        DROP INDEX IF EXISTS owed_due;
        DROP INDEX IF EXISTS owed_since;
        ALTER TABLE owed RENAME TO pending;
        ALTER TABLE documents RENAME COLUMN room TO service;
        UPDATE documents SET service = 'portal', key = 'portal/' || SUBSTR(key, 9) WHERE service = 'console';
        UPDATE pending SET key = 'portal/' || SUBSTR(key, 9) WHERE key LIKE 'console/%';
        UPDATE pending SET lane = REPLACE(lane, 'console', 'portal') WHERE lane LIKE '%console-%' OR lane LIKE '%-console';
        UPDATE sides SET key = 'portal/' || SUBSTR(key, 9) WHERE key LIKE 'console/%';
        UPDATE sides SET key = REPLACE(REPLACE(key, '|console-', '|portal-'), '-console|', '-portal|')
            WHERE collection IN ('waiting', 'said');
        UPDATE sides SET body = CAST(REPLACE(REPLACE(CAST(body AS TEXT), '"stream":"console-', '"stream":"portal-'),
            '-console","place":', '-portal","place":') AS BLOB) WHERE collection = 'waiting';
        UPDATE sides SET collection = 'messages' WHERE collection = 'said';
        UPDATE meta SET value = 2 WHERE name = 'schema';
        """;

    // Every target there is, each by one step in the index: a target's rows are not looked at, and there is a reminder
    // of every live ticket.
    const string Targets = """
        WITH RECURSIVE targets(target) AS (
          SELECT MIN(target) FROM pending
          UNION ALL
          SELECT (SELECT MIN(target) FROM pending WHERE pending.target > targets.target) FROM targets
            WHERE targets.target IS NOT NULL)
        """;

    /// <summary>The targets of which a lane is due.</summary>
    public const string DueTargets =
        Targets
        + " SELECT target FROM targets WHERE target IS NOT NULL AND EXISTS (SELECT 1 FROM pending WHERE pending.target = "
        + "targets.target AND due <= ?1)";

    /// <summary>How much is pending for each target, reminders left out.</summary>
    public const string PendingByTarget =
        Targets
        + " SELECT target, (SELECT COUNT(*) FROM pending WHERE pending.target = targets.target), (SELECT MIN(since) FROM pending "
        + "WHERE pending.target = targets.target)"
        + $" FROM targets WHERE target <> '{Outbox.Clock}'";

    /// <summary>A connection for a reader, whose pages count for nothing after the next write of anybody: a cache as
    /// large as the writer's would cost MiB each and save nothing.</summary>
    public static SqliteConnection OpenToRead(string file) => Open(file, 512, SqliteOpenMode.ReadWrite);

    /// <summary>A connection that only looks, and changes nothing of the file or how it is written.</summary>
    public static SqliteConnection OpenToLook(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        connection.Open();
        return connection;
    }

    /// <param name="mode">By default a file that is not there is made.</param>
    public static SqliteConnection Open(
        string file,
        int cacheKiB = 8_000,
        SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate
    )
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 10,
            }.ToString()
        );
        connection.Open();
        Execute(
            connection,
            $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = "
            + $"-{cacheKiB}; PRAGMA wal_autocheckpoint = 2000;"
        );
        return connection;
    }

    /// <summary>Makes what is missing and answers the epoch.</summary>
    public static long Prepare(SqliteConnection connection)
    {
        if (Newer(connection) is { } newer)
            throw newer;
        if (HasMeta(connection) && Value(connection, "schema") == 1)
            Execute(
                connection,
                $"BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS owed_errors (key TEXT, lane TEXT, error TEXT); {FromFirst} COMMIT;"
            );
        Execute(connection, Tables);
        return Value(connection, "epoch")!.Value;
    }

    /// <summary>That a newer release wrote it in a form this one does not read, or null.</summary>
    public static StoreUnavailableException? Newer(SqliteConnection connection) =>
        HasMeta(connection) && Value(connection, "schema") is { } schema and > Current
        ? StoreUnavailableException.Because("Newer", null, schema, Current)
        : null;

    // One backup that is put back twice must not give the same epoch twice: what was said after the first is still under way.
    public static long RaiseEpoch(SqliteConnection connection, DateTimeOffset now)
    {
        Execute(
            connection,
            $"UPDATE meta SET value = MAX(value + 1, {now.ToUnixTimeSeconds()}) WHERE name = 'epoch'; INSERT OR REPLACE "
            + $"INTO meta VALUES ('restored', {now.ToUnixTimeMilliseconds()})"
        );
        return Value(connection, "epoch")!.Value;
    }

    /// <summary>When a backup was last put back; null: never.</summary>
    public static DateTimeOffset? Restored(SqliteConnection connection) =>
        Value(connection, "restored") is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>Whether a store was ever made in it.</summary>
    public static bool HasMeta(SqliteConnection connection)
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
