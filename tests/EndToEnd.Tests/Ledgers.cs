using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>What iTop and the school say was done to them: the only witnesses a promise is judged by.</summary>
public static partial class Ledgers
{
    public static IReadOnlyList<JsonElement> Itop(Machines machines) => Lines(Path.Combine(machines.Folder, "itop", "itop-ledger.jsonl"));

    public static IReadOnlyList<JsonElement> School(Machines machines) => Lines(Path.Combine(machines.Folder, "school", "school-ledger.jsonl"));

    /// <summary>The school ticket a created title is of.</summary>
    public static string? NumberOf(JsonElement line) => Marker().Match(line.GetProperty("title").GetString() ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>How many lanes owe something now.</summary>
    public static int Owed(Machines machines)
    {
        using var store = new SqliteConnection($"Data Source={machines.StoreFile};Mode=ReadOnly;Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM owed WHERE target <> 'clock'";
        return (int)(long)command.ExecuteScalar()!;
    }

    /// <summary>Waits until nothing is owed.</summary>
    public static async Task Drained(Machines machines, TimeSpan patience)
    {
        var until = DateTime.UtcNow + patience;
        while (Owed(machines) > 0)
        {
            if (DateTime.UtcNow > until)
                throw new TimeoutException($"{Owed(machines)} lanes still owe after {patience}");
            await Task.Delay(250);
        }
    }

    static IReadOnlyList<JsonElement> Lines(string file) => [.. File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)];

    [GeneratedRegex(@"^\[toulouse:([^\]]+)\]")]
    private static partial Regex Marker();
}
