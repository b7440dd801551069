using System.Text.Json.Nodes;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>What people do and see in the journeys: the school's support in its tool, an intervenant in iTop.</summary>
public static class Doors
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>The support hands a ticket over; it is sent until it is taken.</summary>
    public static Task HandOver(this Machines machines, string number) => Taken(machines, "sim/tickets", Body.Ticket(number));

    /// <summary>Something happens to it in the school's tool; sent until it is taken.</summary>
    public static Task Says(this Machines machines, string number, string type, JsonObject? data = null) =>
        Taken(machines, $"sim/tickets/{Uri.EscapeDataString(number)}/events", new() { ["type"] = type, ["data"] = data ?? [] });

    /// <summary>Comments 1 to n, in this order.</summary>
    public static async Task Comments(this Machines machines, string number, int comments)
    {
        for (var comment = 1; comment <= comments; comment++)
            await machines.Says(number, "ticket.commented", new() { ["id"] = $"c{number}-{comment}", ["text"] = $"Commentaire {comment}", ["by"] = "support" });
    }

    /// <summary>The school's tool is told so.</summary>
    public static Task Told(this Machines machines, string number, string type) => Until(
        async () => (await machines.Http.GetStringAsync(new Uri(machines.School, $"sim/tickets/{Uri.EscapeDataString(number)}"))).Contains($"\"{type}\""), $"{number} is told {type}");

    /// <summary>An intervenant acts on a group ticket, by its id in iTop.</summary>
    public static async Task Acts(this Machines machines, string id, string stimulus, JsonObject? fields = null)
    {
        var answer = await machines.InItop(new()
        {
            ["operation"] = "core/apply_stimulus",
            ["class"] = "UserRequest",
            ["key"] = id,
            ["stimulus"] = stimulus,
            ["comment"] = "test",
            ["fields"] = fields ?? [],
            ["output_fields"] = "id,status",
        });
        answer["code"]!.GetValue<int>().ShouldBe(0, $"{answer}");
    }

    /// <summary>A group ticket comes into that state.</summary>
    public static Task Comes(this Machines machines, string id, string status) => Until(async () =>
    {
        var read = new JsonObject { ["operation"] = "core/get", ["class"] = "UserRequest", ["key"] = id, ["output_fields"] = "status" };
        return (await machines.InItop(read))["objects"]![$"UserRequest::{id}"]!["fields"]!["status"]!.GetValue<string>() == status;
    }, $"group ticket {id} becomes {status}");

    static async Task Taken(Machines machines, string path, JsonObject body)
    {
        using var answer = await machines.Http.PostAsync(new Uri(machines.School, path), Body.Of(body));
        var sent = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        sent["status"]!.GetValue<int>().ShouldBe(202, $"{sent}");
    }

    static async Task Until(Func<Task<bool>> holds, string what)
    {
        var until = DateTime.UtcNow + Patience;
        while (!await holds())
        {
            (DateTime.UtcNow < until).ShouldBeTrue($"not within {Patience.TotalSeconds:0} s: {what}");
            await Task.Delay(100);
        }
    }
}
