using System.Text.Json.Nodes;

namespace GroupTicketing.Tests;

/// <summary>What people do and see: the school's support in its tool, an intervenant in iTop.</summary>
public static class Doors
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>The support hands a ticket over; it is sent until it is taken.</summary>
    /// <param name="school">Null: the first.</param>
    /// <param name="title">Its title.</param>
    public static Task HandOver(
        this Machines machines,
        string number,
        SchoolTool? school = null,
        string title = "Création d’un compte"
    )
    {
        var tool = school ?? machines.Schools[0];
        // Handed over twice it is the same event; what a header cannot hold gets another id each time.
        var id = number.All(char.IsAsciiLetterOrDigit) ? $"?id={tool.Slug}-{number}-opened" : "";
        return Taken(machines, new Uri(tool.Url, $"sim/tickets{id}"), Body.Ticket(number, title));
    }

    /// <summary>Something happens to it in the school's tool; sent until it is taken.</summary>
    public static Task Says(
        this Machines machines,
        string number,
        string type,
        JsonObject? data = null,
        SchoolTool? school = null
    )
    {
        var tool = school ?? machines.Schools[0];
        var said = new JsonObject { ["type"] = type, ["data"] = data ?? [] };
        if (data?["id"] is { } id)
            said["id"] = $"{tool.Slug}-{number}-{id}";
        return Taken(machines, new Uri(tool.Url, $"sim/tickets/{Uri.EscapeDataString(number)}/events"), said);
    }

    /// <summary>Comments 1 to n, in this order.</summary>
    public static async Task Comments(this Machines machines, string number, int comments, SchoolTool? school = null)
    {
        for (var comment = 1; comment <= comments; comment++)
            await machines.Says(
                number,
                "ticket.commented",
                new()
                {
                    ["id"] = $"c{comment}",
                    ["text"] = $"Commentaire {comment}",
                    ["by"] = "support",
                },
                school
            );
    }

    /// <summary>The school's tool is told so.</summary>
    public static Task Told(this Machines machines, string number, string type) =>
        Until(
            async () =>
                (
                    await machines.Http.GetStringAsync(new Uri(machines.School, $"sim/tickets/{Uri.EscapeDataString(number)}"))
                ).Contains($"\"{type}\""),
            $"{number} is told {type}"
        );

    /// <summary>An intervenant acts on a group ticket, by its id in iTop.</summary>
    public static Task Acts(this Machines machines, string id, string stimulus, JsonObject? fields = null) =>
        Does(
            machines,
            stimulus,
            new()
            {
                ["operation"] = "core/apply_stimulus",
                ["class"] = "UserRequest",
                ["key"] = id,
                ["stimulus"] = stimulus,
                ["comment"] = "test",
                ["fields"] = fields ?? [],
                ["output_fields"] = "id,status",
            }
        );

    /// <summary>An intervenant writes in a group ticket's public log.</summary>
    public static Task Writes(this Machines machines, string id, string text) =>
        Does(
            machines,
            "writing",
            new()
            {
                ["operation"] = "core/update",
                ["class"] = "UserRequest",
                ["key"] = id,
                ["comment"] = "test",
                ["fields"] = new JsonObject
                {
                    ["public_log"] = new JsonObject
                    {
                        ["add_item"] = new JsonObject { ["message"] = text, ["format"] = "text" },
                    },
                },
            }
        );

    /// <summary>An intervenant adds a file to a group ticket.</summary>
    public static Task Attaches(this Machines machines, string id, string name, byte[] content) =>
        Does(
            machines,
            "a file",
            new()
            {
                ["operation"] = "core/create",
                ["class"] = "Attachment",
                ["comment"] = "test",
                ["fields"] = new JsonObject
                {
                    ["item_class"] = "UserRequest",
                    ["item_id"] = id,
                    ["contents"] = new JsonObject
                    {
                        ["data"] = Convert.ToBase64String(content),
                        ["filename"] = name,
                        ["mimetype"] = "text/plain",
                    },
                },
            }
        );

    /// <summary>A group ticket comes into that state.</summary>
    public static Task Comes(this Machines machines, string id, string status) =>
        Until(
            async () =>
            {
                var read = new JsonObject
                {
                    ["operation"] = "core/get",
                    ["class"] = "UserRequest",
                    ["key"] = id,
                    ["output_fields"] = "status",
                };
                return (await machines.InItop(read))["objects"]![$"UserRequest::{id}"]!["fields"]!["status"]!.GetValue<string>()
                    == status;
            },
            $"group ticket {id} becomes {status}"
        );

    static async Task Does(Machines machines, string what, JsonObject operation)
    {
        if (await machines.InItop(operation) is var answer && answer["code"]?.GetValue<int>() is not 0)
            throw new InvalidOperationException($"iTop refuses {what}: {answer}");
    }

    /// <summary>Waits until it holds.</summary>
    public static async Task Until(Func<Task<bool>> holds, string what, TimeSpan? patience = null)
    {
        var until = DateTime.UtcNow + (patience ?? Patience);
        while (!await holds())
        {
            if (DateTime.UtcNow > until)
                throw new TimeoutException($"not within {(patience ?? Patience).TotalSeconds:0} s: {what}");
            await Task.Delay(100);
        }
    }

    // A tool gives up after a minute of tries; whoever hands over tries it again, under the same id.
    static async Task Taken(Machines machines, Uri url, JsonObject body)
    {
        for (var tries = 1; ; tries++)
        {
            using var answer = await machines.Http.PostAsync(url, Body.Of(body));
            var sent = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            if (sent["status"]!.GetValue<int>() == 202)
                return;
            if (tries == 5 || sent["status"]!.GetValue<int>() is >= 400 and < 500)
                throw new InvalidOperationException($"not taken: {sent}");
        }
    }
}
