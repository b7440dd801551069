using System.Text.Json.Nodes;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>A school's ticket id may hold what iTop's title key cannot: what happens in iTop reaches the school all the same.</summary>
public sealed class OddNumbers
{
    [Fact]
    public async Task A_ticket_id_with_accents_and_spaces_hears_of_the_group()
    {
        await using var machines = await Machines.Start();
        const string Number = "ÉCOLE 42";
        (await machines.Http.PostAsync(new Uri(machines.School, "sim/tickets"), Body.Of(Body.Ticket(Number)))).EnsureSuccessStatusCode();
        await Told(machines, Number, "group.referenced");

        await Assign(machines, "1");

        await Told(machines, Number, "group.assigned");
    }

    static async Task Assign(Machines machines, string id)
    {
        var operation = new JsonObject
        {
            ["operation"] = "core/apply_stimulus",
            ["class"] = "UserRequest",
            ["key"] = id,
            ["stimulus"] = "ev_assign",
            ["comment"] = "test",
            ["fields"] = new JsonObject(),
            ["output_fields"] = "id,status",
        };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["version"] = "1.3", ["auth_user"] = "intervenant", ["auth_pwd"] = "demo-intervenant", ["json_data"] = operation.ToJsonString(),
        });
        using var answer = await machines.Http.PostAsync(new Uri(machines.Itop, "webservices/rest.php"), form);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"code\":0");
    }

    static async Task Told(Machines machines, string number, string type)
    {
        var address = new Uri(machines.School, $"sim/tickets/{Uri.EscapeDataString(number)}");
        var until = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        while (!(await machines.Http.GetStringAsync(address)).Contains(type))
        {
            (DateTime.UtcNow < until).ShouldBeTrue($"{number} was not told {type} within 20 s");
            await Task.Delay(100);
        }
    }
}
