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

    static long Ask(string file, string question)
    {
        using var store = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = question;
        return (long)command.ExecuteScalar()!;
    }
}
