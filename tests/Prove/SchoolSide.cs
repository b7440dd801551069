using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GroupTicketing.Prove;

/// <summary>A ticket by its school's ledger: what was sent of it and how that was answered, and what was told.</summary>
/// <param name="Accepted">Answered 2xx at least once.</param>
/// <param name="Unknown">Never answered 2xx, and at least once not at all or 5xx: it may have been kept.</param>
public sealed partial record SchoolSide(string School, string Number, bool Accepted, bool Unknown)
{
    /// <summary>The comments sent, by their numbers.</summary>
    public required IReadOnlyList<(int Number, bool Accepted, bool Unknown)> Comments { get; init; }

    /// <summary>The comments whose webhooks the tool lost: they come later than they were said.</summary>
    public IReadOnlySet<int> Lost { get; init; } = new HashSet<int>();

    /// <summary>What was told, each id once, in the order of their first coming; what was taken and whose answer was
    /// withheld, too.</summary>
    public required IReadOnlyList<(string Id, string Type, string Order)> Told { get; init; }

    /// <summary>Every ticket of a school.</summary>
    public static IEnumerable<SchoolSide> Of(SchoolTool school) =>
        Of(school.Slug, [.. Ledgers.School(school), .. Ledgers.Posted(school)]);

    /// <summary>Every ticket by a school's ledger.</summary>
    public static IEnumerable<SchoolSide> Of(string school, IReadOnlyList<JsonElement> lines)
    {
        var told = lines
            .Where(line => Text(line, "dir") == "told" && Status(line) is 0 or (>= 200 and < 300))
            .ToLookup(line => Text(line, "ticket"));
        var sent = lines.Where(line => Text(line, "dir") is "sent" or "lost").GroupBy(line => Text(line, "ticket")).ToList();
        foreach (var ticket in sent)
        {
            var opened = ticket.Where(line => Text(line, "type") == "ticket.opened").ToList();
            var comments = ticket
                .Where(line => Text(line, "type") == "ticket.commented" && Comment().IsMatch(Text(line, "id")))
                .GroupBy(line => NumberOf(line));
            yield return new SchoolSide(school, ticket.Key, Taken(opened), Perhaps(opened))
            {
                Comments = [.. comments.Select(same => (same.Key, Taken(same), Perhaps(same)))],
                Lost = comments.Where(same => same.Any(IsLost)).Select(same => same.Key).ToHashSet(),
                Told = ToldOf(told[ticket.Key]),
            };
        }
        foreach (var stranger in told.Where(one => sent.All(ticket => ticket.Key != one.Key)))
            yield return new SchoolSide(school, stranger.Key, false, false) { Comments = [], Told = ToldOf(stranger) };
    }

    // Killed between, an id may be told in another sequence: its first coming counts.
    static IReadOnlyList<(string Id, string Type, string Order)> ToldOf(IEnumerable<JsonElement> told) =>
        [
            .. told.DistinctBy(line => Text(line, "id"))
                .Select(line => (Text(line, "id"), Text(line, "type"), Text(line, "sequence"))),
        ];

    static bool IsLost(JsonElement line) => Text(line, "dir") == "lost";

    // What a tool's own webhook lost happened there all the same.
    static bool Taken(IEnumerable<JsonElement> attempts) =>
        attempts.Any(line => Status(line) is >= 200 and < 300 || IsLost(line));

    static bool Perhaps(IEnumerable<JsonElement> attempts) =>
        !Taken(attempts) && attempts.Any(line => Status(line) is 0 or >= 500);

    static int NumberOf(JsonElement line) =>
        int.Parse(Comment().Match(Text(line, "id")).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    static string Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    static int Status(JsonElement line) => line.GetProperty("status").GetInt32();

    [GeneratedRegex(@"-c(\d+)$")]
    private static partial Regex Comment();
}
