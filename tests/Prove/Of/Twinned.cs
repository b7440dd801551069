using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.Prove.Of;

/// <summary>What became of tickets for which iTop made one request or two.</summary>
/// <param name="Pairs">Tickets of which there were two or more.</param>
/// <param name="SecondKept">Those of them whose kept one is not the first.</param>
sealed record Twinned(Verdict Verdict, int Pairs, int SecondKept)
{
    const string Comment = "Commentaire";

    /// <summary>
    /// Every ticket has one open request, the one its school was told and no other, with both comments; each other one
    /// is closed with the sentence that names it, bears no key and was written into by nobody.
    /// </summary>
    public static async Task<Twinned> Of(Machines machines, int tickets, bool module, Action<string> say)
    {
        var requests = await Requests(machines, module);
        var told = Ledgers
            .School(machines)
            .Where(line => Text(line, "dir") == "told" && Text(line, "type") == "group.referenced")
            .ToLookup(line => Text(line, "ticket"), line => Text(line, "reference"));
        using var people = new Operator(machines);
        var pending = await people.Pending();
        foreach (var row in pending)
            say($"     still pending: {row.Lane} {row.LastError}");
        var (lost, doubled, wrong, pairs, second) = (pending.Count, 0, 0, 0, 0);
        for (var number = 1; number <= tickets; number++)
        {
            var all = requests.Where(request => IsOf(request, number)).ToList();
            var references = told[$"{number}"].Distinct().ToList();
            var kept = all.Find(request => references is [var only] && Text(request, "ref") == only);
            pairs += all.Count > 1 ? 1 : 0;
            second += kept is not null && all.Count > 1 && kept != all[0] ? 1 : 0;
            lost += kept is not null && Text(kept, "status") != "closed" && Comments(kept) == 2 ? 0 : 1;
            doubled +=
                Math.Max(0, all.Count(request => Text(request, "status") != "closed") - 1) + Math.Max(0, references.Count - 1);
            wrong += all.Count(request => request != kept && !IsGivenUp(request, kept));
        }
        return new Twinned(new Verdict(lost, doubled, 0, wrong, tickets), pairs, second);
    }

    // With the module titles bear no key: whose it is stands in every description.
    static bool IsOf(JsonObject request, int number) =>
        Text(request, "description") is var said && (said.Contains($"ticket #{number},") || said.Contains($"ticket {number},"));

    // The key that it bore goes on with its own id, in the title or in the module's attribute.
    static bool IsGivenUp(JsonObject twin, JsonObject? kept) =>
        kept is not null
        && Text(twin, "status") == "closed"
        && Text(twin, "solution").Contains($"Ouvert deux fois : voir {Text(kept, "ref")}.")
        && Comments(twin) == 0
        && (Text(twin, "title") + Text(twin, "external_ref")).Contains($"#{Text(twin, "id")}");

    static async Task<List<JsonObject>> Requests(Machines machines, bool module)
    {
        var fields = "id,ref,title,status,solution,description,public_log" + (module ? ",external_ref" : "");
        var read = await machines.InItop(
            new()
            {
                ["operation"] = "core/get",
                ["class"] = "UserRequest",
                ["key"] = "SELECT UserRequest",
                ["output_fields"] = fields,
            }
        );
        return
        [
            .. read["objects"]!
                .AsObject()
                .Select(one => one.Value!["fields"]!.AsObject())
                .OrderBy(request => int.Parse(Text(request, "id"))),
        ];
    }

    static int Comments(JsonObject request) =>
        request["public_log"]?["entries"]?.AsArray().Count(entry => entry!["message"]!.GetValue<string>().Contains(Comment)) ?? 0;

    static string Text(JsonObject? request, string field) => $"{request?[field]}";

    static string Text(JsonElement line, string field) => line.GetProperty(field).GetString() ?? "";
}
