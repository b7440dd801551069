using System.Text.Json.Nodes;

namespace GroupTicketing.Prove.Of;

/// <summary>Three schools, one outage: their tickets get a parent of the group's in iTop, whose words and solution iTop
/// copies to each. No text of one school reaches another's log, ledger or
/// tool.</summary>
static class Outage3
{
    static readonly string[] slugs = [SchoolTool.First, "alpha", "omega"];

    public static async Task<Verdict> Run(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup() with { Schools = slugs });
        for (var number = 1; number <= run.Tickets; number++)
            await Outage(run, machines, $"{number}");
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(3));
        var strays = Strays(machines).ToList();
        foreach (var stray in strays.Take(10))
            run.Say($"     {stray}");
        run.Bound("texts of one school in another's tool, ledger or log", "0", $"{strays.Count}", strays.Count == 0);
        var verdict = await Judge.Drained(machines, run, TimeSpan.FromMinutes(2));
        return verdict with { Unexpected = verdict.Unexpected + strays.Count };
    }

    static async Task Outage(ProofRun run, Machines machines, string number)
    {
        foreach (var school in machines.Schools)
        {
            await machines.HandOver(number, school, $"{Canary(school.Slug)} panne");
            await machines.Says(
                number,
                "ticket.commented",
                new()
                {
                    ["id"] = "c1",
                    ["text"] = $"Commentaire 1\n{Canary(school.Slug)} chez nous",
                    ["by"] = "support",
                },
                school
            );
        }
        var children = new List<string>();
        await Doors.Until(
            () => Task.FromResult((children = Children(machines, number)).Count == slugs.Length),
            "the three are created",
            TimeSpan.FromMinutes(1)
        );
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(1));
        var parent = await Parent(machines, children[0]);
        foreach (var child in children)
            await Does(machines, "core/update", child, new() { ["parent_request_id"] = parent });
        await Does(
            machines,
            "core/update",
            parent,
            new()
            {
                ["public_log"] = new JsonObject
                {
                    ["add_item"] = new JsonObject { ["message"] = $"Panne générale {number}", ["format"] = "text" },
                },
            }
        );
        await machines.Acts(parent, "ev_assign");
        foreach (var child in children)
            await machines.Acts(child, "ev_assign");
        // A poll that came only now would see the end and not that somebody had taken it.
        foreach (var school in machines.Schools)
            await Heard(machines, school, number, "group.assigned");
        await machines.Acts(parent, "ev_resolve", new() { ["solution"] = $"Service rétabli {number}" });
        foreach (var school in machines.Schools)
        {
            await Heard(machines, school, number, $"Panne générale {number}");
            await Heard(machines, school, number, "group.resolved");
        }
        run.Say($"     outage {number}: the group's words and the end reached all three");
    }

    static Task Heard(Machines machines, SchoolTool school, string number, string text) =>
        Doors.Until(
            async () =>
                System
                    .Text.RegularExpressions.Regex.Unescape(
                        await machines.Http.GetStringAsync(new Uri(school.Url, $"sim/tickets/{number}"))
                    )
                    .Contains(text),
            $"{school.Slug} hears: {text}",
            TimeSpan.FromMinutes(1)
        );

    static string Canary(string slug) => $"canari-{slug}-mots";

    static List<string> Children(Machines machines, string number) =>
        [
            .. Ledgers
                .Itop(machines)
                .Where(line => line.GetProperty("op").GetString() == "create" && Ledgers.NumberOf(line) == number)
                .Select(line => line.GetProperty("id").GetString()!),
        ];

    // Owned by the group and in its own words; the rest as its first child has it.
    static async Task<string> Parent(Machines machines, string child)
    {
        var read = await machines.InItop(
            new()
            {
                ["operation"] = "core/get",
                ["class"] = "UserRequest",
                ["key"] = child,
                ["output_fields"] = "org_id,service_id,servicesubcategory_id,team_id",
            }
        );
        var fields = read["objects"]![$"UserRequest::{child}"]!["fields"]!.DeepClone().AsObject();
        fields["title"] = "Panne générale";
        fields["description"] = "<p>Panne générale</p>";
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
        return made["objects"]?.AsObject().First().Value!["key"]!.GetValue<string>()
            ?? throw new InvalidOperationException($"iTop refuses the parent: {made}");
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

    // Every line of every witness: a school's own folder holds no other's words, a group ticket's line no other's than
    // its school's, the parent nobody's.
    static IEnumerable<string> Strays(Machines machines)
    {
        foreach (var school in machines.Schools)
        {
            foreach (var line in Directory.GetFiles(school.Folder).SelectMany(File.ReadLines))
            {
                foreach (var other in slugs.Where(other => other != school.Slug && line.Contains(Canary(other))))
                    yield return $"{school.Slug} holds words of {other}: {line[..Math.Min(200, line.Length)]}";
            }
        }
        foreach (var line in File.ReadLines(Path.Combine(machines.Folder, "itop", "itop-ledger.jsonl")))
        {
            var owner = slugs.FirstOrDefault(slug => line.Contains($"[{slug}:"));
            foreach (var other in slugs.Where(other => other != owner && line.Contains(Canary(other))))
                yield return $"iTop's ticket of {owner ?? "the group"} holds words of {other}";
        }
    }
}
