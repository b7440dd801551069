using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Platform;

/// <summary>
/// The one writer of the embedded store: what waits is written in one transaction, and everybody is answered after the
/// one durable commit.
/// A write that loses its version race, or cannot be made, affects only itself.
/// </summary>
/// <remarks>
/// Whoever comes while nobody writes does it himself: of a ticket alone no write costs a thread's waking. Who comes
/// meanwhile waits, and all who wait are written together.
/// </remarks>
sealed class SqliteWriter(SqliteConnection connection, SqliteFile file) : IAsyncDisposable
{
    const int Constraint = 19;

    static readonly Counter<long> commits = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.store.commits",
        "{commit}",
        "Transactions of the embedded store that were made durable."
    );

    readonly Lock gate = new();
    readonly Dictionary<string, SqliteCommand> commands = [];
    readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    List<Write> waiting = [];
    List<Write> together = [];
    bool writing;
    bool closed;

    /// <summary>Runs <paramref name="work"/> inside the next shared transaction and answers once it is on disk.</summary>
    public Task<T> Do<T>(Func<SqliteWriter, T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var write = new Write<T>(work);
        lock (gate)
        {
            if (closed)
                throw new StoreUnavailableException("the store is closing");
            waiting.Add(write);
            // Once handed over it will be written or refused; whoever asked stays to hear it, so that a cancelled
            // caller never doubts its own write.
            if (writing)
                return write.Answer;
            writing = true;
        }
        WriteAll();
        return write.Answer;
    }

    /// <summary>A prepared statement, run with these values.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        if (!commands.TryGetValue(sql, out var command))
            commands[sql] = command = SqliteStatements.Prepare(connection, sql, values.Length);
        SqliteStatements.Bind(command, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>One value of one row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        if (!commands.TryGetValue(sql, out var command))
            commands[sql] = command = SqliteStatements.Prepare(connection, sql, values.Length);
        SqliteStatements.Bind(command, values);
        return command.ExecuteScalar();
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closed = true;
            if (!writing)
                stopped.TrySetResult();
        }
        await stopped.Task;
        foreach (var command in commands.Values)
            await command.DisposeAsync();
        await connection.DisposeAsync();
    }

    void WriteAll()
    {
        lock (gate)
            (together, waiting) = (waiting, together);
        while (together.Count > 0)
            Commit(together);
        lock (gate)
        {
            writing = waiting.Count > 0;
            if (closed && !writing)
                stopped.TrySetResult();
            // The next group is another's: this caller's own answer is there, and must not wait for it.
            if (writing)
                ThreadPool.UnsafeQueueUserWorkItem(writer => writer.WriteAll(), this, preferLocal: false);
        }
    }

    // Leaves in the list what is to be tried again, without the one that could not be written.
    void Commit(List<Write> together)
    {
        Write? running = null;
        try
        {
            if (file.Fault() is { } fault)
                throw new IOException(fault);
            Execute("BEGIN IMMEDIATE");
            foreach (var write in together)
                (running = write).Run(this);
            running = null;
            Execute("COMMIT");
            commits.Add(1);
            together.ForEach(write => write.Written());
            together.Clear();
        }
        catch (Exception exception)
        {
            RollBack();
            var ofOneWrite = running is not null && exception is not SqliteException { SqliteErrorCode: not Constraint };
            Fail(ofOneWrite ? [running!] : together, exception);
            together.RemoveAll(write => !ofOneWrite || write == running);
        }
    }

    // Nothing of a failed group is kept.
    void RollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself on a full disk or an I/O error; there is nothing left to roll back then.
        }
    }

    // Everybody is told, and whoever asked says it again.
    static void Fail(IEnumerable<Write> together, Exception exception)
    {
        var why =
            exception is IOException
                ? exception.Message
                : $"{exception.GetType().Name} {(exception as SqliteException)?.SqliteExtendedErrorCode}";
        var unavailable = StoreUnavailableException.Because("NotWritten", exception, why);
        foreach (var write in together)
            write.Failed(unavailable);
    }

    abstract class Write
    {
        public abstract void Run(SqliteWriter writer);

        public abstract void Written();

        public abstract void Failed(Exception exception);
    }

    sealed class Write<T>(Func<SqliteWriter, T> work) : Write
    {
        readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;

        public Task<T> Answer => answer.Task;

        public override void Run(SqliteWriter writer) => result = work(writer);

        public override void Written() => answer.TrySetResult(result);

        public override void Failed(Exception exception) => answer.TrySetException(exception);
    }
}

/// <summary>Statements with numbered parameters <c>?1, ?2…</c></summary>
static class SqliteStatements
{
    public static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var number = 1; number <= parameters; number++)
            command.Parameters.Add(new SqliteParameter($"?{number}", null));
        return command;
    }

    public static void Bind(SqliteCommand command, ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
    }
}
