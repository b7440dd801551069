using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>The change history of logs, as recordings 329, 340, 442, 482, 525 and 552 show it; other changes are not
/// kept.</summary>
public sealed class HistoryTests
{
    private const string Saves = "CMDBChangeOpSetAttributeCaseLog";

    [Fact]
    public async Task Each_save_of_a_log_stays_in_it_with_the_place_it_had_also_when_its_entry_is_lost()
    {
        await using var itop = await RunningItop.Start(latencyMs: 30);
        var id = await itop.NewTicket();
        await Parallel.ForEachAsync(Enumerable.Range(1, 24), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
            await itop.Update(id, new { public_log = new { add_item = new { message = $"entrée {n}", format = "text" } } }));

        var saves = await Read(itop, id);

        saves.Length.ShouldBe(24);
        saves
            .Select(s => s["lastentry"]!.ToString())
            .Distinct()
            .Count()
            .ShouldBe(RunningItop.PublicLog(await itop.Get(id)).Count);
        saves.ShouldAllBe(s => !s.ToJsonString().Contains("entrée"));
    }

    [Fact]
    public async Task It_says_what_the_call_said_of_itself_and_who_made_it()
    {
        await using var itop = await RunningItop.Start();
        var id = await itop.NewTicket();
        await itop.Update(id, new { public_log = "un", private_log = "deux" }, user: "agent1");
        await itop.Update(id, new { title = "Autre" });
        await itop.Update(id, new { public_log = "trois" });

        var saves = await Read(itop, id);

        saves
            .Select(s =>
                (
                    s["attcode"]!.ToString(),
                    s["lastentry"]!.ToString(),
                    s["userinfo"]!.ToString(),
                    s["user_id_friendlyname"]!.ToString()
                )
            )
            .ShouldBe([
                ("public_log", "0", "test", "agent1"),
                ("private_log", "0", "test", "agent1"),
                ("public_log", "1", "test", "connecteur"),
            ]);
        saves[0]
            .Select(member => member.Key)
            .ShouldBe([
                "change",
                "date",
                "userinfo",
                "user_id",
                "objclass",
                "objkey",
                "attcode",
                "lastentry",
                "finalclass",
                "friendlyname",
                "change_friendlyname",
                "user_id_friendlyname",
            ]);
    }

    [Fact]
    public async Task An_entry_copied_from_a_parent_is_a_save_of_the_child_s_log()
    {
        await using var itop = await RunningItop.Start();
        var (parent, child) = (await itop.NewTicket("Parent"), await itop.NewTicket("Enfant"));
        await itop.Update(child, new { parent_request_id = parent });

        await itop.Update(parent, new { public_log = "vers les enfants" });

        (await Read(itop, child)).ShouldHaveSingleItem()["lastentry"]!.ToString().ShouldBe("0");
    }

    [Fact]
    public async Task What_a_ticket_is_created_with_is_no_save()
    {
        await using var itop = await RunningItop.Start();
        var created = await itop.Create(
            new
            {
                org_id = new { name = "INSA Lyon" },
                title = "T",
                description = "D",
                public_log = "première",
            },
            "id"
        );

        (await Read(itop, RunningItop.Fields(created)["id"]!.ToString())).ShouldBeEmpty();
    }

    private static async Task<JsonObject[]> Read(RunningItop itop, string id)
    {
        var asked = new
        {
            operation = "core/get",
            @class = Saves,
            key = $"SELECT {Saves} WHERE objclass='UserRequest' AND objkey IN ({id})",
            output_fields = "*",
        };
        (await itop.Call(asked))["message"]!
            .ToString()
            .ShouldEndWith($"reading data of class {Saves}", customMessage: "no agent may");
        var answer = await itop.Call(asked, "admin");
        return answer["objects"] is JsonObject found
            ? [.. found.OrderBy(o => int.Parse((string)o.Value!["key"]!)).Select(o => o.Value!["fields"]!.AsObject())]
            : [];
    }
}
