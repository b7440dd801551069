using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Core;

namespace GroupTicketing.Intake.Dialects;

/// <summary>
/// Request Tracker 5 by its REST 2.0 (observed on RT 5.0.3): a ticket, its transactions and their contents become the documents that the scrip would have posted. RT shows the ticket as
/// it is now, not as it was at each transaction.
/// </summary>
public sealed class Rt5Reader(ToolClient tool) : ISchoolReader
{
    const int MostPages = 1_000;
    const string Entries = "fields=Type,Creator,Created,Field,OldValue,NewValue&fields[Creator]=Name,EmailAddress,RealName&per_page=100";

    public string Dialect => "rt5";

    public async Task<IReadOnlyList<string>> Changed(School school, string key, DateTimeOffset since, CancellationToken ct)
    {
        var gesture = school.Gesture!;
        var handedOver = gesture.Field is { } field ? $"'CF.{{{field}}}' = '{Quoted(gesture.Value!)}'" : $"Queue = '{Quoted(gesture.Queue ?? "")}'";
        var query = Uri.EscapeDataString($"{handedOver} AND LastUpdated > '{since.UtcDateTime:yyyy-MM-dd HH:mm:ss}'");
        var found = await Pages(school, key, $"tickets?query={query}&per_page=100", ct);
        return [.. found.Select(ticket => ticket.GetProperty("id").ToString())];
    }

    public async Task<IReadOnlyList<Post>> Read(School school, string key, string ticket, CancellationToken ct)
    {
        var own = Uri.EscapeDataString(ticket);
        if (await Get(school, key, $"ticket/{own}?fields[Queue]=Name", ct) is not { } found)
            return [];
        var transactions = await Pages(school, key, $"ticket/{own}/history?{Entries}", ct);
        var contents = await Pages(school, key, $"ticket/{own}/attachments?fields=TransactionId,ContentType,Filename,Content&per_page=100", ct);
        var shown = await Ticket(school, key, found, ct);
        return [.. transactions.Select(one => RtShown.Post(shown, one, contents))];
    }

    async Task<JsonObject> Ticket(School school, string key, JsonElement found, CancellationToken ct)
    {
        var requestors = new JsonArray();
        foreach (var person in found.GetProperty("Requestor").EnumerateArray())
        {
            var user = await Get(school, key, $"user/{Uri.EscapeDataString(person.GetProperty("id").ToString())}", ct);
            if (user is { } known && known.TryGetProperty("EmailAddress", out var email))
                requestors.Add(email.GetString());
        }
        return RtShown.Ticket(found, requestors, new Uri(school.Read!.Url, $"/Ticket/Display.html?id={found.GetProperty("id")}"));
    }

    async Task<IReadOnlyList<JsonElement>> Pages(School school, string key, string path, CancellationToken ct)
    {
        var items = new List<JsonElement>();
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = await Get(school, key, $"{path}&page={page}", ct) ?? throw new ToolException("RT shows no such list");
            var some = answer.GetProperty("items").EnumerateArray().ToList();
            items.AddRange(some);
            if (some.Count < 100)
                return items;
        }
        throw new ToolException($"RT's list has more than {MostPages} pages");
    }

    Task<JsonElement?> Get(School school, string key, string path, CancellationToken ct) => tool.Get($"{school.Read!.Url.ToString().TrimEnd('/')}/{path}", $"token {key}", ct);

    static string Quoted(string text) => text.Replace("\\", "\\\\").Replace("'", "\\'");
}
