using System.Text.Json;
using System.Text.RegularExpressions;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>What iTop and the school say was done to them: the only witnesses a promise is judged by.</summary>
public static partial class Ledgers
{
    public static IReadOnlyList<JsonElement> Itop(Machines machines) => Lines(Path.Combine(machines.Folder, "itop", "itop-ledger.jsonl"));

    public static IReadOnlyList<JsonElement> School(Machines machines) => Lines(Path.Combine(machines.Folder, "school", "school-ledger.jsonl"));

    /// <summary>The school ticket a created title is of.</summary>
    public static string? NumberOf(JsonElement line) => Marker().Match(line.GetProperty("title").GetString() ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Waits until nothing is owed, and nothing is on its way.</summary>
    public static async Task Drained(Machines machines, TimeSpan patience)
    {
        var (until, quietSince) = (DateTime.UtcNow + patience, (DateTime?)null);
        while (quietSince is null || DateTime.UtcNow - quietSince < machines.Quiet)
        {
            var (owed, held) = (await machines.Owed(), await machines.Held());
            quietSince = owed + held > 0 ? null : quietSince ?? DateTime.UtcNow;
            if (DateTime.UtcNow > until)
                throw new TimeoutException($"{owed} lanes still owe and {held} messages are on their way after {patience}");
            await Task.Delay(250);
        }
    }

    static IReadOnlyList<JsonElement> Lines(string file) => [.. File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)];

    [GeneratedRegex(@"^\[toulouse:([^\]]+)\]")]
    private static partial Regex Marker();
}
