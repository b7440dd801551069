using System.Text.Json;
using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class DeployedTests
{
    private static RegistryReading Load(string folder)
    {
        var reading = RegistryLoader.Load(Repository.PathOf(folder), ["generic", "rt5"]);
        reading.Errors.ShouldBeEmpty();
        return reading;
    }

    [Fact]
    public void The_pilot_passes_with_two_things_to_know()
    {
        var reading = Load("deploy/pilot");

        reading.Warnings.Select(w => w.Text).ShouldBe(
            ["Nathalie Matheu: school not given", "no school is in the pilot yet: every ticket will be politely refused"]);
        reading.Catalogue!.Group.Schools.Count.ShouldBe(7);
        reading.Catalogue.Briques.Select(b => (b.Name, b.Intervenants.Count)).ShouldBe([("Scénari", 3), ("OpenMoodle", 7)]);
        reading.Catalogue.Briques.SelectMany(b => b.Intervenants).ShouldAllBe(i => i.Email == null);
    }

    [Fact]
    public void The_pilot_s_example_is_a_sound_school()
    {
        using var folder = new Folder();
        File.Copy(Repository.PathOf("deploy/pilot/catalogue.yaml"), folder.PathOf("catalogue.yaml"), overwrite: true);
        File.Copy(
            Repository.PathOf("deploy/pilot/schools/lyon.yaml.example"),
            folder.PathOf("schools/lyon.yaml"),
            overwrite: true
        );

        var lyon = folder.Sound().Schools.ShouldHaveSingleItem();

        lyon.Gesture.ShouldBe(new("Escalate to group", "yes"));
        Routing
            .Match(folder.Sound().Catalogue!, lyon, new("lyon", Queue: "plateformes"))
            .SousService.ShouldBe("Création de compte");
    }

    [Fact]
    public void The_demo_is_ready_to_run()
    {
        var reading = Load("deploy/demo");

        reading.Warnings.ShouldBeEmpty();
        reading
            .Schools.Select(s => (s.Slug, s.Tool, s.Callback!.Url.Port))
            .ShouldBe([("lyon", "rt5", 5081), ("toulouse", "generic", 5082)]);
        foreach (var school in reading.Schools)
        {
            var secrets = Secrets.Resolve(school, _ => null, _ => null, demo: true);
            secrets.Errors.ShouldBeEmpty();
            foreach (var secret in secrets.Secrets.Webhook.Concat(secrets.Secrets.Callback))
                Convert.FromBase64String(secret["whsec_".Length..]).Length.ShouldBe(32);
        }
    }

    [Fact]
    public void The_demo_s_people_are_invented()
    {
        var text = string.Join('\n', Repository.FilesOf("deploy/demo").Select(File.ReadAllText));

        var addresses = System.Text.RegularExpressions.Regex.Matches(text, @"[\w.]+@([\w.-]+)");

        addresses.Count.ShouldBeGreaterThan(5);
        addresses.ShouldAllBe(a => a.Groups[1].Value.EndsWith(".example"));
    }

    [Fact]
    public void The_demo_s_iTop_has_all_that_its_catalogue_names()
    {
        var reading = Load("deploy/demo");
        using var seed = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("deploy/demo/itop-seed.json")));

        Missing(reading.Catalogue!, reading.Schools, seed.RootElement).ShouldBeEmpty();
    }

    [Fact]
    public void The_pilot_s_catalogue_is_not_that_of_the_demo_s_iTop()
    {
        using var seed = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("deploy/demo/itop-seed.json")));

        Missing(Load("deploy/pilot").Catalogue!, [], seed.RootElement)
            .ShouldContain("OpenMoodle > Support > À qualifier incident");
    }

    private static IEnumerable<string> Missing(Catalogue catalogue, IReadOnlyList<School> schools, JsonElement seed)
    {
        var chains = from b in Rows(seed, "briques") from s in Rows(b, "services") from x in Rows(s, "sousServices")
                     select $"{Text(b, "name")} > {Text(s, "name")} > {Text(x, "name")} {Text(x, "requestType")}";
        var named = from b in catalogue.Briques from s in b.Services from x in s.SousServices
                    let type = x.RequestType == RequestType.Incident ? "incident" : "service_request"
                    select $"{b.Name} > {s.Name} > {x.Name} {type}";
        var people = Rows(seed, "people").ToList();
        var teams = catalogue.Briques.Select(b => b.Team).Append("C2IP").Append("Retour école")
            .Append(catalogue.Group.TriageTeam).Append(catalogue.Group.ReturnTeam);
        var contracts =
            from s in schools
            from b in catalogue.Briques
            from x in b.Services
            select $"{s.Organisation}: {b.Name} > {x.Name}";
        var seeded =
            from c in Rows(seed, "contracts")
            from s in Rows(c, "services")
            select $"{Text(c, "organisation")}: {s.GetString()}";
        var emails = catalogue
            .Briques.SelectMany(b => b.Intervenants)
            .Select(i => i.Email ?? i.Name)
            .Concat(schools.Select(s => s.SupportContact));

        return named
            .Except(chains)
            .Concat(teams.Except(Rows(seed, "teams").Select(t => Text(t, "name"))))
            .Concat(emails.Except(people.Select(p => Text(p, "email"))))
            .Concat(Rows(seed, "accounts").Select(a => Text(a, "person")).Except(people.Select(p => Text(p, "email"))))
            .Concat(
                new[] { catalogue.Group.ConnectorContact }.Except(people.Select(p => $"{Text(p, "firstName")} {Text(p, "name")}"))
            )
            .Concat(schools.Select(s => s.Organisation).Except(Rows(seed, "organisations").Select(o => o.GetString()!)))
            .Concat(contracts.Except(seeded));
    }

    private static IEnumerable<JsonElement> Rows(JsonElement element, string key) => element.GetProperty(key).EnumerateArray();

    private static string Text(JsonElement element, string key) => element.GetProperty(key).GetString()!;
}
