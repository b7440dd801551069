using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.Tests;

/// <summary>How many lanes of an embedded store owe something, reminders apart; read beside the running process.</summary>
static class OwedInFile
{
    public static int Count(string file)
    {
        using var store = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM owed WHERE target <> '{Debts.Clock}'";
        return (int)(long)command.ExecuteScalar()!;
    }
}
