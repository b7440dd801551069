using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Tests;

/// <summary>What an embedded store holds; read beside the running process.</summary>
static class EmbeddedFile
{
    /// <summary>In how many lanes something is pending, reminders apart.</summary>
    public static int Pending(string file) => (int)Ask(file, $"SELECT COUNT(*) FROM pending WHERE target <> '{Outbox.Clock}'");

    /// <summary>How often documents were written.</summary>
    public static long Writes(string file) => Ask(file, "SELECT COALESCE(SUM(version), 0) FROM documents");

    /// <summary>How many tombstones a service has.</summary>
    public static int Tombstones(string file, string service) =>
        (int)Ask(file, $"SELECT COUNT(*) FROM documents WHERE service = '{service}' AND shelf = '{StoredDocument.Tombstones}'");

    /// <summary>The tickets a service has documents of.</summary>
    public static IReadOnlyList<string> Tickets(string file, string service) =>
        Read(file, $"SELECT substr(key, {service.Length + 2}) FROM documents WHERE service = '{service}'", row =>
            row.GetString(0)
        );

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
