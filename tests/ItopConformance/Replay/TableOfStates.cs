using System.Text.Json.Nodes;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>A recorded table: the state each stimulus leads to from each state, null where it is refused. Each cell is
/// played on a request of its own that is created in that state.</summary>
public static class TableOfStates
{
    private const string Account = "agent1";

    public static async Task<IReadOnlyList<string>> Differences(Stage stage, JsonObject table)
    {
        var differences = new List<string>();
        foreach (var (state, row) in table)
        foreach (var (stimulus, target) in row!.AsObject())
            if (await Reached(stage, state, stimulus) is var reached && reached != target?.ToString())
                differences.Add($"/{state}/{stimulus}: {target?.ToString() ?? "null"} recorded, {reached ?? "null"} simulated");
        return differences;
    }

    private static async Task<string?> Reached(Stage stage, string state, string stimulus)
    {
        var fields = new JsonObject
        {
            ["org_id"] = 3,
            ["title"] = "T",
            ["description"] = "D",
            ["request_type"] = "incident",
            ["status"] = state,
        };
        var created = await Send(stage, new JsonObject { ["operation"] = "core/create", ["fields"] = fields });
        var key = created["objects"]!.AsObject().Single().Value!["key"]!.ToString();
        var given = new JsonObject { ["team_id"] = 2, ["agent_id"] = 3, ["solution"] = "x", ["pending_reason"] = "x" };
        var answer = await Send(
            stage,
            new JsonObject
            {
                ["operation"] = "core/apply_stimulus",
                ["key"] = key,
                ["stimulus"] = stimulus,
                ["fields"] = given,
            }
        );
        return answer["objects"]?.AsObject().Single().Value!["fields"]!["status"]!.ToString();
    }

    private static async Task<JsonNode> Send(Stage stage, JsonObject call)
    {
        (call["class"], call["comment"], call["output_fields"]) = ("UserRequest", "", "status");
        var (_, body) = await new Sender(stage.Http, stage.Passwords).Send(
            new Step(0, "", new JsonObject { ["as"] = Account, ["json"] = call })
        );
        return JsonNode.Parse(body)!;
    }
}
