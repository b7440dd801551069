using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Platform;

/// <summary>Connections that only read; in WAL they never wait for the writer.</summary>
sealed class SqliteReaders(string file) : IAsyncDisposable
{
    readonly ConcurrentBag<Reader> idle = [];

    /// <summary>Every row of a statement.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        Reader? reader = null;
        try
        {
            reader = idle.TryTake(out var found) ? found : new Reader(SqliteSchema.OpenToRead(file));
            var rows = reader.Query(sql, row, values);
            idle.Add(reader);
            return rows;
        }
        catch (SqliteException exception)
        {
            reader?.Dispose();
            throw StoreUnavailableException.Because("NotRead", exception, exception.SqliteExtendedErrorCode);
        }
    }

    public ValueTask DisposeAsync()
    {
        while (idle.TryTake(out var reader))
            reader.Dispose();
        return ValueTask.CompletedTask;
    }

    sealed class Reader(SqliteConnection connection) : IDisposable
    {
        readonly Dictionary<string, SqliteCommand> commands = [];

        public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, ReadOnlySpan<object?> values)
        {
            if (!commands.TryGetValue(sql, out var command))
                commands[sql] = command = SqliteStatements.Prepare(connection, sql, values.Length);
            SqliteStatements.Bind(command, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(row(reader));
            return rows;
        }

        public void Dispose()
        {
            foreach (var command in commands.Values)
                command.Dispose();
            connection.Dispose();
        }
    }
}
