using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>An iTop that was just set up, the pilot's files, two commands: the pilot works.</summary>
public sealed class PilotOnEmptyItop
{
    // The only account there is after iTop's setup: its administrator's.
    const string Empty =
        """{ "accounts": [ { "login": "intervenant", "password": "demo-intervenant", "administrator": true } ] }""";

    static string Pilot => Path.Combine(AppContext.BaseDirectory, "deploy", "pilot");

    [Fact]
    public async Task A_ticket_of_each_brique_reaches_iTop_under_its_place_and_its_school_is_told()
    {
        await using var machines = await Machines.Start(new Setup { WithProduct = false, Engines = null });
        await OnlySetUp(machines);
        machines.Settings["GROUPTICKETING__Itop__Password"] = Regex
            .Match(await Apply(machines), "password of connecteur, shown this once: (.+)")
            .Groups[1]
            .Value;
        machines.Settings["GROUPTICKETING__Itop__User"] = "connecteur";
        await machines.StartProduct();

        await HandOver(machines, "8001", "Scénari", "Gestion des comptes", "Création de compte");
        await HandOver(machines, "8002", "Open Moodle", null, null);
        await machines.Told("8001", "group.referenced");
        await machines.Told("8002", "group.referenced");

        (await InItop(machines, "8001")).ShouldBe(
            "INSA Toulouse | Support INSA Toulouse | Gestion des comptes | Création de compte | Support Scénari"
        );
        (await InItop(machines, "8002")).ShouldBe(
            "INSA Toulouse | Support INSA Toulouse | Support | À qualifier | Support OpenMoodle"
        );
        (await Metrics(machines)).ShouldContain(
            "groupticketing_itop_catalogue_drift{",
            customMessage: "looked at when it started"
        );
        (await Metrics(machines)).ShouldMatch(@"groupticketing_itop_catalogue_drift\{[^}]*\} 0\n");
    }

    static async Task OnlySetUp(Machines machines)
    {
        await machines.StopItop();
        Directory.Delete(Path.Combine(machines.Folder, "itop"), recursive: true);
        File.WriteAllText(Path.Combine(machines.Folder, "itop-seed.json"), Empty);
        await machines.StartItop();
        foreach (var file in (string[])["catalogue.yaml", "calendar.yaml"])
            File.Copy(Path.Combine(Pilot, file), Path.Combine(machines.Folder, "directory", file), overwrite: true);
        var school = Path.Combine(machines.Folder, "directory", "schools", "toulouse.yaml");
        File.WriteAllText(
            school,
            File.ReadAllText(school).Replace("supportContact: support@toulouse.example", "supportContact: Support INSA Toulouse")
        );
        machines.Settings["GROUPTICKETING__Metrics__Url"] = $"{Scraped}".TrimEnd('/');
    }

    static readonly Uri Scraped = Ports.FreeAddress();

    static async Task<string> Apply(Machines machines)
    {
        machines.Settings["GROUPTICKETING__Itop__User"] = "intervenant";
        machines.Settings["GROUPTICKETING__Itop__Password"] = "demo-intervenant";
        var said = await machines.Command("catalogue", "apply", Path.Combine(Pilot, "itop-catalogue.yaml"));
        (await machines.Command("catalogue", "plan", Path.Combine(Pilot, "itop-catalogue.yaml"))).ShouldBe(
            "iTop is as the file says: nothing to do."
        );
        return said;
    }

    static async Task HandOver(Machines machines, string number, string brique, string? service, string? sousService)
    {
        var ticket = Body.Ticket(number);
        (ticket["brique"], ticket["service"], ticket["sousService"]) = (brique, service, sousService);
        using var answer = await machines.Http.PostAsync(new Uri(machines.School, "sim/tickets"), Body.Of(ticket));
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]!.GetValue<int>().ShouldBe(202);
    }

    static async Task<string> InItop(Machines machines, string number)
    {
        string[] names = ["org_name", "caller_id_friendlyname", "service_name", "servicesubcategory_name", "team_name"];
        var found = await machines.InItop(
            new()
            {
                ["operation"] = "core/get",
                ["class"] = "UserRequest",
                ["key"] = $"SELECT UserRequest WHERE title LIKE '[toulouse:{number}] %'",
                ["output_fields"] = string.Join(',', names),
            }
        );
        var fields = found["objects"]!.AsObject().Single().Value!["fields"]!;
        return string.Join(" | ", names.Select(name => $"{fields[name]}"));
    }

    static Task<string> Metrics(Machines machines) => machines.Http.GetStringAsync(new Uri(Scraped, "metrics"));
}
