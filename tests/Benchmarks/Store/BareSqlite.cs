using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Benchmarks;

/// <summary>The least that is as durable: one table, WAL, synchronous FULL, one thread that groups commits, readers of
/// their own. What the store is measured against.</summary>
sealed class BareSqlite : IAsyncDisposable
{
    const int MostTogether = 512;

    readonly Channel<Write> writes = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    readonly ConcurrentBag<SqliteCommand> loads = [];
    readonly string file;
    readonly Thread thread;

    public BareSqlite(string file)
    {
        this.file = file;
        thread = new Thread(Run) { IsBackground = true };
        thread.Start();
    }

    public byte[]? Load(string key)
    {
        if (!loads.TryTake(out var load))
            load = Command(Open(), "SELECT body FROM documents WHERE key = ?1", "?1");
        load.Parameters[0].Value = key;
        var body = (byte[]?)load.ExecuteScalar();
        loads.Add(load);
        return body;
    }

    public Task Save(string key, byte[] body)
    {
        var write = new Write(key, body, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        writes.Writer.TryWrite(write);
        return write.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        writes.Writer.Complete();
        await Task.Run(thread.Join);
        foreach (var load in loads)
            await load.Connection!.DisposeAsync();
    }

    void Run()
    {
        using var connection = Open();
        Command(connection, "CREATE TABLE documents (key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID").ExecuteNonQuery();
        using var save = Command(connection, "INSERT OR REPLACE INTO documents VALUES (?1, ?2)", "?1", "?2");
        using var begin = Command(connection, "BEGIN IMMEDIATE");
        using var commit = Command(connection, "COMMIT");
        var together = new List<Write>(MostTogether);
        while (writes.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            together.Clear();
            begin.ExecuteNonQuery();
            while (together.Count < MostTogether && writes.Reader.TryRead(out var write))
            {
                save.Parameters[0].Value = write.Key;
                save.Parameters[1].Value = write.Body;
                save.ExecuteNonQuery();
                together.Add(write);
            }
            commit.ExecuteNonQuery();
            together.ForEach(write => write.Done.SetResult());
        }
    }

    SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Command(
                connection,
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = "
                + "-8000; PRAGMA wal_autocheckpoint = 2000;"
            )
            .ExecuteNonQuery();
        return connection;
    }

    static SqliteCommand Command(SqliteConnection connection, string sql, params IEnumerable<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter(name, null));
        return command;
    }

    sealed record Write(string Key, byte[] Body, TaskCompletionSource Done);
}
