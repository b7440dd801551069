using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Tests;

/// <summary>What an embedded store holds; read beside the running process.</summary>
static class EmbeddedFile
{
    /// <summary>How many lanes owe something, reminders apart.</summary>
    public static int Owed(string file) => (int)Ask(file, $"SELECT COUNT(*) FROM owed WHERE target <> '{Debts.Clock}'");

    /// <summary>How often documents were written.</summary>
    public static long Writes(string file) => Ask(file, "SELECT COALESCE(SUM(version), 0) FROM documents");

    /// <summary>How many tombstones a room has.</summary>
    public static int Tombstones(string file, string room) =>
        (int)Ask(file, $"SELECT COUNT(*) FROM documents WHERE room = '{room}' AND shelf = '{StoredDocument.Tombstones}'");

    /// <summary>The tickets a room has documents of.</summary>
    public static IReadOnlyList<string> Tickets(string file, string room) =>
        Read(file, $"SELECT substr(key, {room.Length + 2}) FROM documents WHERE room = '{room}'", row => row.GetString(0));

    static long Ask(string file, string question) => Read(file, question, row => row.GetInt64(0))[0];

    static List<T> Read<T>(string file, string question, Func<SqliteDataReader, T> read)
    {
        using var store = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = question;
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
            all.Add(read(rows));
        return all;
    }
}
