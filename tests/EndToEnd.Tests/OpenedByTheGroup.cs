using System.Text.Json.Nodes;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>A request that an intervenant opened in iTop becomes a ticket in the school's tool, once, and a school's
/// ticket is attached to one that is there.</summary>
public sealed class OpenedByTheGroup
{
    // What a killed process was at is taken up again once its lease is over, 90 s after it began, and is looked for
    // until it can no longer be on its way, another 60 s.
    static readonly TimeSpan LeaseOver = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task It_becomes_one_ticket_of_the_school_whoever_is_killed_meanwhile_and_both_sides_talk()
    {
        await using var machines = await Mirroring();
        for (var kill = 0; kill < 3; kill++)
        {
            await Open(machines, $"Certificat {kill}", "INSA Toulouse");
            await Task.Delay(TimeSpan.FromMilliseconds(700 * kill), TestContext.Current.CancellationToken);
            await machines.KillAll();
            await machines.StartProduct();
        }
        await Doors.Until(
            async () => (await Tickets(machines)).Count(ticket => (string?)ticket["state"] == "open") == 3,
            "three tickets, each with its reference",
            LeaseOver
        );
        await Ledgers.Drained(machines, LeaseOver);
        var made = await Tickets(machines);
        made.Select(ticket => (string?)ticket["title"]).Order().ShouldBe(["Certificat 0", "Certificat 1", "Certificat 2"]);
        made.Select(ticket => (string?)ticket["reference"]).Distinct().Count().ShouldBe(3);

        var (number, reference) = ((string)made[0]["number"]!, (string)made[0]["reference"]!);
        await machines.Says(number, "ticket.commented", new() { ["id"] = "c1", ["text"] = "vu chez nous", ["by"] = "support" });
        await Doors.Until(async () => (await Log(machines, reference)).Contains("vu chez nous"), "the school's words in iTop");
        await Write(machines, reference, "renouvelé demain");
        await Doors.Until(
            async () =>
                (await Tickets(machines))
                    .Single(ticket => (string?)ticket["number"] == number)
                    .ToJsonString(Platform.Json.Options)
                    .Contains("renouvelé demain"),
            "the group's words in the school's tool"
        );
        Creates(machines).ShouldBe(3, "nothing of ours");
    }

    [Fact]
    public async Task A_school_s_ticket_is_attached_by_the_C2IP_and_another_organisation_s_reference_is_refused()
    {
        await using var machines = await Machines.Start();
        var reference = await Open(machines, "Panne", "INSA Toulouse");
        var other = await Open(machines, "Panne ailleurs", "INSA Lyon");

        (await Attach(machines, "5001", reference)).ShouldBe(202);
        await Told(machines, "5001", "open");
        await machines.Says("5001", "ticket.linked", new() { ["reference"] = reference });
        await machines.Says("5001", "ticket.commented", new() { ["id"] = "c1", ["text"] = "encore", ["by"] = "support" });
        await Doors.Until(async () => (await Log(machines, reference)).Contains("encore"), "the school's words in iTop");

        await machines.Says("5002", "ticket.linked", new() { ["reference"] = other });
        await Told(machines, "5002", "refused");
        await machines.Says("5003", "ticket.linked", new() { ["reference"] = reference });
        await Told(machines, "5003", "refused");
        await Ledgers.Drained(machines, TimeSpan.FromSeconds(60));
        Creates(machines).ShouldBe(2, "nothing of ours");
    }

    static async Task<Machines> Mirroring()
    {
        var machines = await Machines.Start(new Setup { WithProduct = false });
        await File.AppendAllTextAsync(
            Path.Combine(machines.Folder, "directory", "schools", "toulouse.yaml"),
            "\nmirrorFrom: 2026-01-01\n",
            TestContext.Current.CancellationToken
        );
        await machines.StartProduct();
        return machines;
    }

    static async Task<string> Open(Machines machines, string title, string organisation)
    {
        var opened = await machines.InItop(
            new()
            {
                ["operation"] = "core/create",
                ["class"] = "UserRequest",
                ["comment"] = "C2IP",
                ["fields"] = new JsonObject
                {
                    ["org_id"] = $"SELECT Organization WHERE name = '{organisation}'",
                    ["title"] = title,
                    ["description"] = "Il expire.",
                },
                ["output_fields"] = "ref",
            }
        );
        return (string)opened["objects"]!.AsObject().Single().Value!["fields"]!["ref"]!;
    }

    static async Task<string> Log(Machines machines, string reference) =>
        (
            await machines.InItop(
                new()
                {
                    ["operation"] = "core/get",
                    ["class"] = "UserRequest",
                    ["key"] = $"SELECT UserRequest WHERE ref = '{reference}'",
                    ["output_fields"] = "public_log",
                }
            )
        ).ToJsonString(Platform.Json.Options);

    static async Task Write(Machines machines, string reference, string text) => (
            await machines.InItop(
                new()
                {
                    ["operation"] = "core/update",
                    ["class"] = "UserRequest",
                    ["comment"] = "C2IP",
                    ["key"] = $"SELECT UserRequest WHERE ref = '{reference}'",
                    ["fields"] = new JsonObject
                    {
                        ["public_log"] = new JsonObject
                        {
                            ["add_item"] = new JsonObject { ["message"] = text, ["format"] = "text" },
                        },
                    },
                    ["output_fields"] = "id",
                }
            )
        )["code"]!.GetValue<int>().ShouldBe(0);

    static async Task<int> Attach(Machines machines, string ticket, string reference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(machines.Product, "v1/links"))
        {
            Content = Body.Of(
                new
                {
                    school = "toulouse",
                    ticket,
                    reference,
                }
            ),
        };
        request.Headers.Authorization = new("Bearer", await machines.Command("keys", "new", "operator:test"));
        using var answer = await machines.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    static Task Told(Machines machines, string number, string state) =>
        Doors.Until(
            async () =>
                (await Tickets(machines)).Any(ticket => (string?)ticket["number"] == number && (string?)ticket["state"] == state),
            $"{number} is {state}"
        );

    static async Task<List<JsonNode>> Tickets(Machines machines) =>
        [
            .. JsonNode
                .Parse(await machines.Http.GetStringAsync(new Uri(machines.School, "sim/tickets")))!
                .AsArray()
                .OfType<JsonNode>(),
        ];

    static int Creates(Machines machines) =>
        Ledgers
            .Itop(machines)
            .Count(line =>
                line.GetProperty("op").GetString() == "create" && line.GetProperty("class").GetString() == "UserRequest"
            );
}
