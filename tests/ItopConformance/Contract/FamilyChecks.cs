using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConformance.Contract;

/// <summary>One outage, several schools: what iTop does to the children of a request.</summary>
public static class FamilyChecks
{
    public static async Task Run(Bench bench)
    {
        var (checks, rest, own) = (bench.Checks, bench.Rest, bench.Own);
        var parent = await rest.Create("UserRequest", Request(own, "Panne générale", null), "id,ref");
        var child = (await rest.Create("UserRequest", Request(own, "Panne ici", parent.Id))).Id;
        await checks.Is("a child knows its parent", $"{parent.Field("ref")}", async () =>
            (await rest.Get("UserRequest", child, "parent_request_ref")).Field("parent_request_ref")
        );
        await checks.Is("an entry on the parent is copied to the child", "À tous", async () =>
        {
            await rest.Update(parent.Id, new { public_log = new { add_item = new { message = "À tous", format = "text" } } });
            return (await rest.Get("UserRequest", child, "public_log")).Log()[^1]!["message"]!.ToString();
        });
        await checks.Is("an entry on the child is not copied to the parent", "1", async () =>
        {
            await rest.Update(child, new { public_log = "À moi" });
            return $"{(await rest.Get("UserRequest", parent.Id, "public_log")).Log().Count}";
        });
        await checks.Is("solving the parent solves the child", "resolved", async () =>
        {
            await rest.Stimulus(parent.Id, "ev_assign", new { team_id = own.TeamId, agent_id = own.AgentId });
            await rest.Stimulus(parent.Id, "ev_resolve", new { solution = "Rétabli" });
            return (await rest.Get("UserRequest", child, "status")).Field("status");
        });
        await checks.Matches(
            "with a solution that names the parent",
            $@".*\[\[UserRequest:{parent.Id}\|{parent.Field("ref")}\]\].*",
            async () => (await rest.Get("UserRequest", child, "solution")).Field("solution")
        );
    }

    private static JsonObject Request(OwnOrganisation own, string title, string? parent)
    {
        var request = new JsonObject
        {
            ["org_id"] = own.Id,
            ["title"] = title,
            ["description"] = "<p>D</p>",
            ["request_type"] = "incident",
        };
        if (parent is not null)
            request["parent_request_id"] = parent;
        return request;
    }
}
