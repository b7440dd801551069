using System.Collections.Concurrent;
using MongoDB.Bson;
using Npgsql;

namespace MongoGateway;

/// <summary>Answers that come in pages.</summary>
sealed class Cursors(Engine engine)
{
    const string More =
        "select cursorpage::bytea, continuation::bytea from documentdb_api.cursor_get_more($1, "
        + "$2::bytea::documentdb_core.bson, $3::bytea::documentdb_core.bson)";

    readonly ConcurrentDictionary<long, Cursor> open = new();

    /// <summary>The first page of find, aggregate, list_collections or list_indexes.</summary>
    public async Task<byte[]> First(string function, string database, byte[] command)
    {
        var sql =
            $"select cursorpage::bytea, continuation::bytea, persistconnection, cursorid from "
            + $"documentdb_api.{function}_cursor_first_page($1, $2::bytea::documentdb_core.bson)";
        var connection = await engine.Open();
        var kept = false;
        try
        {
            var page = await Engine.Call(connection, sql, Page.Read, database, command);
            if (page.Continuation is { } continuation && page.Cursor != 0)
            {
                kept = page.KeepConnection;
                open[page.Cursor] = new Cursor(continuation, kept ? connection : null);
            }
            return page.Reply;
        }
        finally
        {
            if (!kept)
                await connection.DisposeAsync();
        }
    }

    public async Task<byte[]> Next(string database, RawBsonDocument command, byte[] body)
    {
        var id = command[0].ToInt64();
        if (!open.TryGetValue(id, out var cursor))
            throw new CommandException(43, "CursorNotFound", $"cursor id {id} not found");
        var (reply, continuation) = cursor.Held is { } held
            ? await Engine.Call(held, More, NextPage, database, body, cursor.Continuation)
            : await engine.Call(More, NextPage, database, body, cursor.Continuation);
        if (continuation is null)
            await Close(id);
        else
            open[id] = cursor with { Continuation = continuation };
        return reply;
    }

    public async Task Close(long id)
    {
        if (!open.TryRemove(id, out var cursor) || cursor.Held is not { } held)
            return;
        await using (var close = new NpgsqlCommand("close all", held))
            await close.ExecuteNonQueryAsync();
        await held.DisposeAsync();
    }

    static (byte[] Reply, byte[]? Continuation) NextPage(NpgsqlDataReader row) =>
        (row.GetFieldValue<byte[]>(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1));

    sealed record Cursor(byte[] Continuation, NpgsqlConnection? Held);

    sealed record Page(byte[] Reply, byte[]? Continuation, bool KeepConnection, long Cursor)
    {
        public static Page Read(NpgsqlDataReader row)
        {
            var (reply, continuation) = NextPage(row);
            return new Page(reply, continuation, !row.IsDBNull(2) && row.GetBoolean(2), row.IsDBNull(3) ? 0 : row.GetInt64(3));
        }
    }
}
