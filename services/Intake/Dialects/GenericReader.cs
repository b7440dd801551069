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

    public async Task<IReadOnlyList<RawPost>> Read(School school, string key, string ticket, CancellationToken ct)
    {
        var address = $"{Base(school)}/{Uri.EscapeDataString(ticket)}";
        if (await tool.Get(address, $"Bearer {key}", answer => Events(answer), ct) is not { } events)
            return [];
        // Of a ticket that is private as a whole nothing is looked at but that it is.
        var hidden = events.Where(one => GenericWords.IsPrivateOpening(one.Span)).ToList();
        return [.. (hidden.Count > 0 ? hidden : events).Select(RawPost.Bare)];
    }

    // An answer may bear all files of a ticket: its events stay where they came, and are parsed one by one.
    static List<ReadOnlyMemory<byte>> Events(ReadOnlyMemory<byte> answer)
    {
        var reader = new Utf8JsonReader(answer.Span);
        List<ReadOnlyMemory<byte>>? events = null;
        if (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isEvents = reader.ValueTextEquals("events");
                reader.Read();
                if (isEvents)
                    events = reader.TokenType is JsonTokenType.StartArray ? Items(ref reader, answer) : null;
                reader.Skip();
            }
        }
        reader.Skip();
        // Throws where something stands after it.
        reader.Read();
        return events ?? throw new ToolException("the tool's ticket has no \"events\"");
    }

    static List<ReadOnlyMemory<byte>> Items(ref Utf8JsonReader reader, ReadOnlyMemory<byte> answer)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            items.Add(answer[start..(int)reader.BytesConsumed]);
        }
        return items;
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
