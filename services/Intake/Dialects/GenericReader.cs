using System.Text;
using System.Text.Json;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Dialects;

/// <summary>
/// Any tool that shows its events: <c>GET {url}?since=2026-11-24T09:00:00Z</c> answers <c>{"tickets": ["4512"]}</c>,
/// <c>GET {url}/4512</c> answers <c>{"events": […]}</c>, oldest first, as it
/// sends them. The school's read key comes as <c>Authorization: Bearer</c>.
/// </summary>
public sealed class GenericReader(ToolClient tool) : ISchoolReader
{
    const int MostName = 100;

    public string Dialect => "generic";

    public async Task<ChangedTickets> Changed(School school, string key, DateTimeOffset since, CancellationToken ct)
    {
        var answer = await tool.Get($"{Base(school)}?since={since.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", $"Bearer {key}", ct);
        if (answer is not { } found || Items(found, "tickets") is not { } tickets)
            throw new ToolException("the tool's list has no \"tickets\"");
        var listed = tickets.Select(TicketOf).ToList();
        return new(
            [.. listed.OfType<string>()],
            [.. listed.Index().Where(one => one.Item is null).Select(one => $"/tickets/{one.Index}")]
        );
    }

    public async Task<IReadOnlyList<Post>> Read(School school, string key, string ticket, CancellationToken ct)
    {
        var answer = await tool.Get($"{Base(school)}/{Uri.EscapeDataString(ticket)}", $"Bearer {key}", ct);
        if (answer is not { } found)
            return [];
        var events = Items(found, "events") ?? throw new ToolException("the tool's ticket has no \"events\"");
        // Of a ticket that is private as a whole nothing is looked at but that it is.
        var hidden = events.Where(GenericWords.IsPrivateOpening).ToList();
        return [.. (hidden.Count > 0 ? hidden : events).Select(one => Post.Bare(Encoding.UTF8.GetBytes(one.GetRawText())))];
    }

    static string? TicketOf(JsonElement listed) =>
        listed.ValueKind is JsonValueKind.String or JsonValueKind.Number
        && listed.ToString().Trim() is { Length: > 0 and <= MostName } ticket
            ? ticket
            : null;

    static string Base(School school) => school.Read!.Url.ToString().TrimEnd('/');

    static IEnumerable<JsonElement>? Items(JsonElement answer, string name) =>
        answer.ValueKind is JsonValueKind.Object
        && answer.TryGetProperty(name, out var items)
        && items.ValueKind is JsonValueKind.Array
            ? items.EnumerateArray()
            : null;
}
