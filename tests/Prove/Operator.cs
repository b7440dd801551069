using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace GroupTicketing.Prove;

/// <summary>Who runs it, with a key, at the Portal's API.</summary>
public sealed class Operator(Machines machines) : IDisposable
{
    readonly HttpClient http = new() { BaseAddress = machines.Product, Timeout = TimeSpan.FromSeconds(60) };
    bool known;

    /// <summary>What is pending, reminders apart.</summary>
    public async Task<IReadOnlyList<PendingRow>> Pending()
    {
        using var answer = await (await Known()).GetAsync("v1/pending");
        answer.EnsureSuccessStatusCode();
        var rows = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["pending"]!.AsArray();
        return [.. rows.Select(row => PendingRow.From(row!)).Where(row => row.Target != "clock")];
    }

    /// <summary>Waits until nothing is pending; says what is, where that does not end.</summary>
    public async Task Drained(TimeSpan patience, Action<string> say)
    {
        try
        {
            await Ledgers.Drained(machines, patience);
        }
        catch (TimeoutException)
        {
            foreach (var row in await Pending())
                say($"     still pending: {row}");
            throw;
        }
    }

    /// <summary>The reference the Portal shows for a ticket; null: none, or no such ticket.</summary>
    public async Task<string?> Reference(Guid ticket)
    {
        using var answer = await (await Known()).GetAsync($"v1/tickets/{ticket:N}");
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["ticket"]?["reference"]?.GetValue<string>()
            : null;
    }

    /// <summary>Acts on what is pending: retry, skip or release.</summary>
    public async Task Act(PendingRow row, string act)
    {
        using var answer = await (await Known()).PostAsync(
            $"v1/pending/{row.Service}/{row.Ticket}/{Uri.EscapeDataString(row.Lane)}/{act}",
            null
        );
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Has both sides read again, all of them.</summary>
    public async Task Reconcile()
    {
        using var answer = await (await Known()).PostAsync("v1/reconcile", Body.Of(new { }));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What reconcile found: when each side was last read, how many tickets differed then, how many repairs
    /// there were ever.</summary>
    public async Task<IReadOnlyList<SideFound>> Found() => [.. (await Reconciled("sides")).Select(side => SideFound.Of(side!))];

    /// <summary>Links that wait for a person, by our id and the school's number.</summary>
    public async Task<IReadOnlyList<(string Ticket, string Number)>> StoppedLinks()
    {
        using var answer = await (await Known()).GetAsync("v1/links/stopped");
        answer.EnsureSuccessStatusCode();
        var rows = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["stopped"]!.AsArray();
        return [.. rows.Select(row => (row!["ticket"]!.GetValue<string>(), row["number"]!.GetValue<string>().TrimStart('#')))];
    }

    /// <summary>Says what becomes of them: same or anew.</summary>
    public async Task Settle(string how, IReadOnlyList<string> tickets)
    {
        if (tickets.Count == 0)
            return;
        using var answer = await (await Known()).PostAsync("v1/links/stopped", Body.Of(new { how, tickets }));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many entries of others it says that iTop lost; it shows a hundred at most.</summary>
    public async Task<int> Lost() => (await Reconciled("lost")).Count;

    /// <summary>What somebody has to mend at a side.</summary>
    public async Task<IReadOnlyList<(string Side, string Code, string What)>> Findings() =>
        [.. (await Reconciled("findings")).Select(one => ((string)one!["side"]!, (string)one["code"]!, (string)one["what"]!))];

    async Task<JsonArray> Reconciled(string what)
    {
        using var answer = await (await Known()).GetAsync("v1/reconcile");
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())![what]!.AsArray();
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    async Task<HttpClient> Known()
    {
        if (!known)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                await machines.Command("keys", "new", "operator:prove")
            );
        known = true;
        return http;
    }
}

/// <summary>Something pending, as the Portal shows it.</summary>
/// <param name="NextTry">Null: it waits for a person.</param>
public sealed record PendingRow(string Service, string Ticket, string Lane, string Target, string? NextTry, string? LastError)
{
    /// <summary>From the API's JSON.</summary>
    public static PendingRow From(JsonNode row) =>
        new(
            Text(row, "service")!,
            Text(row, "ticket")!,
            Text(row, "lane")!,
            Text(row, "target")!,
            Text(row, "nextTry"),
            Text(row, "lastError")
        );

    static string? Text(JsonNode row, string name) => row[name]?.GetValue<string>();
}

/// <summary>What the last reading of a side found.</summary>
public sealed record SideFound(string Side, DateTimeOffset Began, int Read, int Differing, string? Fault, long Repaired)
{
    /// <summary>From the API's JSON.</summary>
    public static SideFound Of(JsonNode side) =>
        new(
            (string)side["side"]!,
            (DateTimeOffset)side["began"]!,
            (int)side["read"]!,
            (int)side["differing"]!,
            (string?)side["fault"],
            side["repaired"]!.AsObject().Sum(cause => (long)cause.Value!)
        );
}
