using System.Text.Json;
using System.Text.RegularExpressions;

namespace GroupTicketing.Tests;

/// <summary>What iTop and the school say was done to them: the only witnesses a promise is judged by.</summary>
public static partial class Ledgers
{
    public static IReadOnlyList<JsonElement> Itop(Machines machines) =>
        Lines(Path.Combine(machines.Folder, "itop", "itop-ledger.jsonl"));

    public static IReadOnlyList<JsonElement> School(Machines machines) => School(machines.Schools[0]);

    public static IReadOnlyList<JsonElement> School(SchoolTool school) =>
        Lines(Path.Combine(school.Folder, "school-ledger.jsonl"));

    /// <summary>What was posted in the school's name without its tool.</summary>
    public static IReadOnlyList<JsonElement> Posted(SchoolTool school) =>
        Lines(Path.Combine(school.Folder, "posted-ledger.jsonl"));

    /// <summary>The school and its ticket that a title is of.</summary>
    public static (string School, string Number)? KeyOf(JsonElement line) =>
        Marker().Match(line.GetProperty("title").GetString() ?? "") is { Success: true } match
            ? (match.Groups[1].Value, match.Groups[2].Value)
            : null;

    /// <summary>The school ticket a title is of.</summary>
    public static string? NumberOf(JsonElement line) => KeyOf(line)?.Number;

    /// <summary>Waits until nothing is pending, and nothing is on its way.</summary>
    public static async Task Drained(Machines machines, TimeSpan patience)
    {
        var (until, quietSince) = (DateTime.UtcNow + patience, (DateTime?)null);
        while (quietSince is null || DateTime.UtcNow - quietSince < machines.Quiet)
        {
            var (pending, held) = (await machines.Pending(), await machines.Held());
            quietSince = pending + held > 0 ? null : quietSince ?? DateTime.UtcNow;
            if (DateTime.UtcNow > until)
                throw new TimeoutException($"{pending} lanes still wait and {held} messages are on their way after {patience}");
            await Task.Delay(250);
        }
    }

    static IReadOnlyList<JsonElement> Lines(string file) => new LedgerTail(file).New();

    [GeneratedRegex(@"^\[([a-z0-9-]+):([^\]]+)\]")]
    private static partial Regex Marker();
}
