using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake.Dialects;

/// <summary>
/// Request Tracker 5 by its REST 2.0 (observed on RT 5.0.3): a ticket, its transactions and their contents become the
/// documents that the scrip would have posted. RT shows the ticket as
/// it is now, not as it was at each transaction.
/// </summary>
public sealed class Rt5Reader(ToolClient tool) : ISchoolReader
{
    const int MostPages = 1_000;
    // Files may be as large as they like: where all of a ticket's parts together are larger, its words are fetched one by one.
    const long MostInOneAnswer = 1024 * 1024;

    const string Entries =
        "fields=Type,Creator,Created,Field,OldValue,NewValue&fields[Creator]=Name,EmailAddress,RealName&per_page=100";

    public string Dialect => "rt5";

    public async Task<ChangedTickets> Changed(School school, string key, DateTimeOffset since, CancellationToken ct)
    {
        var gesture = school.Gesture!;
        var handedOver = gesture.Field is { } field
            ? $"'CF.{{{field}}}' = '{Quoted(gesture.Value!)}'"
            : $"Queue = '{Quoted(gesture.Queue ?? "")}'";
        var query = Uri.EscapeDataString($"{handedOver} AND LastUpdated > '{since.UtcDateTime:yyyy-MM-dd HH:mm:ss}'");
        var found = await Pages(school, key, $"tickets?query={query}&per_page=100", ct);
        return new([.. found.Select(ticket => ticket.GetProperty("id").ToString())], []);
    }

    public async Task<IReadOnlyList<Post>> Read(School school, string key, string ticket, CancellationToken ct)
    {
        var own = Uri.EscapeDataString(ticket);
        if (await Get(school, key, $"ticket/{own}?fields[Queue]=Name", ct) is not { } found)
            return [];
        var transactions = await Pages(school, key, $"ticket/{own}/history?{Entries}", ct);
        var parts = await Pages(
            school,
            key,
            $"ticket/{own}/attachments?fields=TransactionId,ContentType,Filename,ContentLength&per_page=100",
            ct
        );
        var words = await Words(school, key, own, transactions, parts, ct);
        var shown = await Ticket(school, key, found, ct);
        return [.. transactions.Select(one => RtShown.Post(shown, one, parts, words))];
    }

    async Task<IReadOnlyList<RawPost>> ISchoolReader.Read(School school, string key, string ticket, CancellationToken ct) =>
        [.. (await Read(school, key, ticket, ct)).Select(RawPost.FromTool)];

    /// <summary>What the parts that are words say, by their ids.</summary>
    async Task<IReadOnlyDictionary<string, string>> Words(
        School school,
        string key,
        string own,
        IReadOnlyList<JsonElement> transactions,
        IReadOnlyList<JsonElement> parts,
        CancellationToken ct
    )
    {
        if (parts.Sum(part => RtShown.Number(part, "ContentLength")) <= MostInOneAnswer)
        {
            var contents = await Pages(school, key, $"ticket/{own}/attachments?fields=Content&per_page=100", ct);
            return contents.ToDictionary(part => RtShown.Text(part, "id"), part => RtShown.Text(part, "Content"));
        }
        var spoken = transactions.Where(RtShown.IsSpoken).Select(one => RtShown.Text(one, "id")).ToHashSet();
        var words = new Dictionary<string, string>();
        foreach (var one in parts.Where(part => RtShown.IsWords(part) && spoken.Contains(RtShown.Text(part, "TransactionId"))))
        {
            var id = RtShown.Text(one, "id");
            // Alone, a part comes in base64.
            if (await Get(school, key, $"attachment/{id}", ct) is { } part)
                words[id] = Encoding.UTF8.GetString(Convert.FromBase64String(RtShown.Text(part, "Content")));
        }
        return words;
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

    Task<JsonElement?> Get(School school, string key, string path, CancellationToken ct) =>
        tool.Get($"{school.Read!.Url.ToString().TrimEnd('/')}/{path}", $"token {key}", ct);

    static string Quoted(string text) => text.Replace("\\", "\\\\").Replace("'", "\\'");
}
