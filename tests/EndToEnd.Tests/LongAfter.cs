using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>
/// What ended stays ended: a month and more than a year after, a word of thanks opens nothing and is answered, an old
/// event sent again is nothing new, and a new handover is a new group ticket of which everything is told.
/// </summary>
public sealed class LongAfter
{
    const string ByGroup = "1";
    const string BySchool = "2";

    [Theory]
    [InlineData(31)]
    [InlineData(60, Traits = ["form", "long"])]
    [InlineData(399, Traits = ["form", "long"])]
    public async Task Nothing_opens_by_itself_and_a_new_handover_is_told_whole(int days)
    {
        await using var machines = await Machines.Start();
        await Ends(machines);
        await Passes(machines, TimeSpan.FromDays(days));

        foreach (var number in (string[])[ByGroup, BySchool])
        {
            await machines.Says(
                number,
                "ticket.commented",
                new()
                {
                    ["id"] = "merci",
                    ["text"] = "Merci, parfait.",
                    ["by"] = "requester",
                }
            );
            await Doors.Until(
                () => Task.FromResult(Told(machines, number, "group.closed") == 2),
                $"{number} hears that it was closed long ago"
            );
        }
        await SendAgain(machines, ByGroup);
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(60));
        Created(machines).ShouldBe([ByGroup, BySchool], "nothing was opened by itself");

        await machines.Says(ByGroup, "ticket.opened", Body.Ticket(ByGroup, "Encore un compte"));
        await Doors.Until(() => Task.FromResult(Told(machines, ByGroup, "group.referenced") == 2), "the new reference is told");
        var id = Ledgers
            .Itop(machines)
            .Last(line => line.GetProperty("op").GetString() == "create")
            .GetProperty("id")
            .GetString()!;
        await machines.Acts(id, "ev_assign");
        await machines.Acts(id, "ev_pending", new() { ["pending_reason"] = "Lequel ?" });
        await Doors.Until(
            () => Task.FromResult(Told(machines, ByGroup, "group.pending") == 1),
            "the group's first question is told"
        );
        await machines.Says(ByGroup, "ticket.answered", new() { ["id"] = "a1", ["text"] = "dupont", ["by"] = "requester" });
        await machines.Comes(id, "assigned");
        Created(machines).ShouldBe([ByGroup, BySchool, $"{ByGroup}/2"]);
    }

    // One closed by the group's side after a confirmation, one by the school itself.
    static async Task Ends(Machines machines)
    {
        foreach (var number in (string[])[ByGroup, BySchool])
        {
            await machines.HandOver(number);
            await machines.Told(number, "group.referenced");
            await machines.Acts(number, "ev_assign");
            await machines.Acts(number, "ev_resolve", new() { ["solution"] = "Compte créé." });
            await machines.Told(number, "group.resolved");
        }
        await machines.Acts(ByGroup, "ev_close");
        await machines.Says(BySchool, "ticket.closed");
        foreach (var number in (string[])[ByGroup, BySchool])
            await machines.Told(number, "group.closed");
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(60));
    }

    static async Task Passes(Machines machines, TimeSpan time)
    {
        await machines.StopProduct();
        machines.Offset = time;
        await machines.StopItop();
        await machines.StartItop();
        await machines.RestartSchools();
        await machines.StartProduct();
        await Doors.Until(async () => await machines.Tombstones("routing") >= 2, "what ended was buried");
    }

    // As a tool does that was put back from a backup: what it said when it handed over, in a new delivery.
    static async Task SendAgain(Machines machines, string number)
    {
        var said = File.ReadLines(Path.Combine(machines.Schools[0].Folder, "school.jsonl"))
            .Select(line => JsonNode.Parse(line)!["said"])
            .First(one => one is not null && (string)one["type"]! == "ticket.opened" && (string)one["subject"]! == number)!;
        var (id, now, body) = (
            "again",
            DateTimeOffset.UtcNow + machines.Offset,
            System.Text.Encoding.UTF8.GetBytes(said.ToJsonString())
        );
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(machines.Product, $"v1/schools/{SchoolTool.First}/events")
        )
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", StandardWebhooks.Seconds(now));
        request.Headers.TryAddWithoutValidation(
            "webhook-signature",
            StandardWebhooks.Sign([machines.Schools[0].Secret], id, now, body)
        );
        using var answer = await machines.Http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(202, await answer.Content.ReadAsStringAsync());
    }

    static int Told(Machines machines, string number, string type) =>
        Ledgers
            .School(machines)
            .Where(line => Text(line, "dir") == "told" && Text(line, "ticket") == number && Text(line, "type") == type)
            .Select(line => Text(line, "id"))
            .Distinct()
            .Count();

    static IEnumerable<string?> Created(Machines machines) =>
        Ledgers
            .Itop(machines)
            .Where(line => Text(line, "op") == "create" && Text(line, "class") == "UserRequest")
            .Select(Ledgers.NumberOf);

    static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}
