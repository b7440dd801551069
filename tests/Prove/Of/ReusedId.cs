using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Tests;

namespace GroupTicketing.Prove.Of;

/// <summary>
/// iTop put back so that ids are given to another school's requests, requests moved to another organisation, and a
/// request of another organisation titled with a waiting ticket's key: nothing crosses
/// in either direction, files included, until a person says what it is.
/// </summary>
static class ReusedId
{
    const string Foreign = "mots-d-un-autre", Ours = "mots-de-l-ecole";

    static readonly TimeSpan settles = TimeSpan.FromSeconds(15);

    public static async Task<Verdict> Run(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup() with { Schools = [SchoolTool.First, "alpha"] });
        await new Load(run.Tickets) { Comments = 1 }.Send(machines);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(5));
        var linked = Created(machines).Where(one => one.Number is not null).ToDictionary(one => one.Number!, one => one.Id);
        var (last, elsewhere) = (Created(machines).Max(one => int.Parse(one.Id)), await Organisation(machines, 1));
        var (given, moved) = (new List<string>(), new List<string>());
        foreach (var (number, id) in linked)
        {
            if (int.Parse(number) % 2 == 0)
            {
                await GiveAgain(machines, id, elsewhere, last);
                given.Add(number);
            }
            else
            {
                await Does(machines, "core/update", id, new() { ["org_id"] = elsewhere });
                moved.Add(number);
            }
            await machines.Writes(id, Foreign);
            await machines.Attaches(id, $"{Foreign}.txt", System.Text.Encoding.UTF8.GetBytes(Foreign));
        }
        var waiting = $"{run.Tickets + 1}";
        var titled = await Create(machines, elsewhere, $"[{SchoolTool.First}:{waiting}] {Foreign}");
        await machines.HandOver(waiting, machines.Schools[0]);
        foreach (var number in linked.Keys)
            await machines.Says(
                number,
                "ticket.commented",
                new()
                {
                    ["id"] = "late",
                    ["text"] = $"Commentaire 2 {Ours}",
                    ["by"] = "support",
                },
                SchoolOf(machines, number)
            );
        await Task.Delay(settles);

        using var people = new Operator(machines);
        var stopped = await people.StoppedLinks();
        run.Bound("links stopped", $"{linked.Count}", $"{stopped.Count}", stopped.Count == linked.Count);
        var strays = await Strays(machines, [.. given.Concat(moved).Select(number => linked[number]), titled]);
        run.Bound("words or files that crossed", "0", $"{strays}", strays == 0);
        var told = linked.Keys.Count(number => Lines(machines, number).Count(line => line.Contains("sont arrêtés")) == 1);
        run.Bound("schools' tickets told so", $"{linked.Count}, once each", $"{told}", told == linked.Count);
        var own = Created(machines).Any(one => one.Number == waiting && one.Id != titled);
        run.Bound("the waiting ticket has a request of its own", "yes", own ? "yes" : "no", own);

        var same = stopped.Where(link => moved.Contains(link.Number)).ToList();
        await people.Settle("same", [.. same.Select(link => link.Ticket)]);
        await people.Settle("anew", [.. stopped.Except(same).Select(link => link.Ticket)]);
        await Doors.Until(
            async () => (await people.StoppedLinks()).Count == 0,
            "a person's answer is carried out",
            TimeSpan.FromMinutes(2)
        );
        await people.Drained(TimeSpan.FromMinutes(5), run.Say);
        var lost = await Missing(machines, linked.Keys) + (await people.Pending()).Count;
        run.Say($"     {same.Count} taken up as they are, {given.Count} opened anew, {lost} without what waited");
        return new Verdict(lost, 0, 0, strays, linked.Count);
    }

    // What a school's tool has kept of a ticket: each callback is a line.
    static IEnumerable<string> Lines(Machines machines, string number) =>
        File.ReadLines(Path.Combine(SchoolOf(machines, number).Folder, "school.jsonl"))
            .Where(line => line.Contains($"\"number\":\"{number}\""));

    static SchoolTool SchoolOf(Machines machines, string number) =>
        machines.Schools.Single(school => Ledgers.Itop(machines).Any(line => Ledgers.KeyOf(line) == (school.Slug, number)));

    static IReadOnlyList<(string Id, string? Number)> Created(Machines machines) =>
        [
            .. Ledgers
                .Itop(machines)
                .Where(line =>
                    line.GetProperty("op").GetString() == "create" && line.GetProperty("class").GetString() == "UserRequest"
                )
                .Select(line =>
                    (
                        line.GetProperty("id").GetString()!,
                        line.GetProperty("login").GetString() == "connecteur" ? Ledgers.NumberOf(line) : null
                    )
                ),
        ];

    static async Task<string> Organisation(Machines machines, int index)
    {
        var found = await machines.InItop(
            new()
            {
                ["operation"] = "core/get",
                ["class"] = "Organization",
                ["key"] = "SELECT Organization",
                ["output_fields"] = "name",
            }
        );
        return found["objects"]!.AsObject().Select(one => one.Value!["key"]!.GetValue<string>()).Order().ElementAt(index);
    }

    static async Task GiveAgain(Machines machines, string id, string organisation, int last)
    {
        await machines.InItop(
            new()
            {
                ["operation"] = "core/delete",
                ["class"] = "UserRequest",
                ["key"] = id,
                ["comment"] = "test",
            }
        );
        await Next(machines, int.Parse(id) - 1);
        await Create(machines, organisation, "Une autre demande");
        await Next(machines, last);
    }

    static async Task Next(Machines machines, int id) =>
        (
            await machines.Http.PostAsJsonAsync(
                new Uri(machines.Itop, "sim/next"),
                new { ids = new Dictionary<string, int> { ["UserRequest"] = id } }
            )
        ).EnsureSuccessStatusCode();

    static async Task<string> Create(Machines machines, string organisation, string title)
    {
        var fields = new JsonObject { ["org_id"] = organisation, ["title"] = title, ["description"] = Foreign };
        var made = await machines.InItop(
            new()
            {
                ["operation"] = "core/create",
                ["class"] = "UserRequest",
                ["comment"] = "test",
                ["fields"] = fields,
                ["output_fields"] = "id",
            }
        );
        return made["objects"]!.AsObject().Single().Value!["key"]!.GetValue<string>();
    }

    static async Task Does(Machines machines, string operation, string id, JsonObject fields)
    {
        var answer = await machines.InItop(
            new()
            {
                ["operation"] = operation,
                ["class"] = "UserRequest",
                ["key"] = id,
                ["comment"] = "test",
                ["fields"] = fields,
                ["output_fields"] = "id",
            }
        );
        if (answer["code"]?.GetValue<int>() is not 0)
            throw new InvalidOperationException($"iTop refuses: {answer}");
    }

    static async Task<int> Strays(Machines machines, IReadOnlyList<string> foreign)
    {
        var read = await machines.InItop(
            new()
            {
                ["operation"] = "core/get",
                ["class"] = "UserRequest",
                ["key"] = $"SELECT UserRequest WHERE id IN ({string.Join(',', foreign)})",
                ["output_fields"] = "public_log",
            }
        );
        var written = read["objects"]!.AsObject().Count(one => one.Value!.ToJsonString().Contains(Ours));
        // Every line that a school's tool has kept, whatever of.
        return written
            + machines
                .Schools.SelectMany(school => Directory.GetFiles(school.Folder))
                .SelectMany(File.ReadLines)
                .Count(line => line.Contains(Foreign));
    }

    // What a school said late stands in one request, wherever that is now.
    static async Task<int> Missing(Machines machines, IEnumerable<string> numbers)
    {
        var read = await machines.InItop(
            new()
            {
                ["operation"] = "core/get",
                ["class"] = "UserRequest",
                ["key"] = "SELECT UserRequest",
                ["output_fields"] = "public_log",
            }
        );
        var logs = read["objects"]!
            .AsObject()
            .Select(one => one.Value!["fields"]!["public_log"]!["entries"]!.AsArray())
            .SelectMany(entries => entries.Select(entry => entry!["message"]!.GetValue<string>()))
            .ToList();
        return numbers.Count(number =>
            logs.Count(text => text.Contains($"ticket #{number},") && text.Contains(Ours))
                + logs.Count(text => text.Contains($"ticket {number},") && text.Contains(Ours))
            != 1
        );
    }
}
