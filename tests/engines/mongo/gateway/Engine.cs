using Npgsql;
using NpgsqlTypes;

namespace MongoGateway;

/// <summary>Calls of the engine's SQL functions.</summary>
sealed class Engine(NpgsqlDataSource source)
{
    public async Task<NpgsqlConnection> Open() => await source.OpenConnectionAsync();

    /// <summary>The first row of a statement.</summary>
    public async Task<T> Call<T>(string sql, Func<NpgsqlDataReader, T> read, params Value[] values)
    {
        await using var connection = await Open();
        return await Call(connection, sql, read, values);
    }

    public static async Task<T> Call<T>(
        NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        params Value[] values
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value.Held ?? DBNull.Value, NpgsqlDbType = value.Type });
        await using var row = await command.ExecuteReaderAsync();
        if (!await row.ReadAsync())
            throw new CommandException(1, "InternalError", "the engine answered nothing");
        return read(row);
    }
}

/// <summary>A parameter of a statement; null keeps its type.</summary>
readonly record struct Value(object? Held, NpgsqlDbType Type)
{
    public static implicit operator Value(string? text) => new(text, NpgsqlDbType.Text);

    public static implicit operator Value(byte[]? bytes) => new(bytes, NpgsqlDbType.Bytea);
}
