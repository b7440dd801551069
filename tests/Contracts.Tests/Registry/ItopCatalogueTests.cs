using System.Text.Json;
using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>The pilot's catalogue for iTop, what it means, and how it is written.</summary>
public sealed class ItopCatalogueTests : IDisposable
{
    private readonly ItopFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void The_pilot_s_file_is_sound()
    {
        var catalogue = file.Sound();

        file.Warnings().ShouldBeEmpty();
        catalogue.Participating.Count.ShouldBe(7);
        catalogue
            .OfKind(ItopKind.SousService)
            .Select(item => item.Path)
            .ShouldBe([
                "Scénari > Gestion des comptes > Création de compte",
                "Scénari > Gestion des comptes > À qualifier",
                "OpenMoodle > Support > À qualifier",
            ]);
    }

    [Fact]
    public void What_comes_first_is_what_others_are_made_of()
    {
        var seen = new HashSet<(ItopKind, string)>();
        foreach (var item in file.Sound().Items)
        {
            foreach (
                var part in ItopItem
                    .PathOf(item.Kind)
                    .Where(part => ItopItem.Refers.TryGetValue(part, out var kind) && kind != ItopKind.Profile)
            )
                seen.ShouldContain(ItopItem.KeyOf(ItopItem.Refers[part], item.Says[part]), item.Path);
            seen.Add(item.Key);
        }
    }

    [Fact]
    public void The_pilot_s_two_files_name_the_same_people_teams_and_services()
    {
        var (itop, reading) = (file.Sound(), RegistryLoader.Load(Repository.PathOf("deploy/pilot"), ["generic", "rt5"]));
        var catalogue = reading.Catalogue!;
        var teams = itop.OfKind(ItopKind.Member).ToLookup(member => member.Says["team"], member => member.Says["person"]);

        itop.Provider.ShouldBe(catalogue.Group.Organisation);
        itop.ReturnTeam.ShouldBe(catalogue.Group.ReturnTeam);
        itop.OfKind(ItopKind.Person).Select(person => person.Path).ShouldContain(catalogue.Group.ConnectorContact);
        itop.OfKind(ItopKind.Team).Select(team => team.Path).ShouldContain(catalogue.Group.TriageTeam);
        itop.Participating.ShouldBe(catalogue.Group.Schools.Select(school => school.Name));
        foreach (var brique in catalogue.Briques)
            teams[brique.Team].ShouldBe(brique.Intervenants.Select(intervenant => intervenant.Name), ignoreOrder: true);
        itop.OfKind(ItopKind.SousService)
            .Select(item => item.Path)
            .ShouldBe(
                catalogue.Briques.SelectMany(brique =>
                    brique.Services.SelectMany(service =>
                        service.SousServices.Select(sous => $"{brique.Name} > {service.Name} > {sous.Name}")
                    )
                )
            );
    }

    [Theory]
    [InlineData("denis.dieupart-ruel", "Support Agent", "INSA Groupe")]
    [InlineData("support.lyon", "Portal power user, Portal user", "INSA Lyon")]
    [InlineData("connecteur", "REST Services User, Service Desk Agent, Support Agent", "")]
    public void An_account_may_and_sees_what_its_role_needs_and_no_more(string login, string profiles, string silo)
    {
        var catalogue = file.Sound();

        Of(ItopKind.Grant, "profile").ShouldBe(profiles);
        Of(ItopKind.Silo, "organisation").ShouldBe(silo);

        string Of(ItopKind kind, string key) =>
            string.Join(
                ", ",
                catalogue
                    .OfKind(kind)
                    .Where(one => one.Says["account"] == login)
                    .Select(one => one.Says[key])
                    .Order(StringComparer.Ordinal)
            );
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same()
    {
        var catalogue = file.Change("  - name: OpenMoodle\n", "  - name: \"Moodle: « cours », [été] #1\"\n")
            .Change("OpenMoodle > Support]", "\"Moodle: « cours », [été] #1 > Support\"]")
            .Sound();

        file.Text = WriteItopCatalogue.Write(catalogue, ["a note"]);

        Told(file.Sound()).ShouldBe(Told(catalogue), ignoreOrder: true);
        file.Text.ShouldEndWith("# a note\n");
    }

    [Fact]
    public void An_editor_is_offered_the_keys_that_are_read()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("registry/schema/itop-catalogue.schema.json")));
        var known = Keys(schema.RootElement).Distinct().ToList();

        known.ShouldAllBe(key => key == "email" || ItopFile.Pilot.Contains($"{key}:") || Optional.Contains(key));
        foreach (var key in new[] { "organisations", "deliveryModels", "teams", "people", "briques", "contracts", "accounts" })
        {
            file.Text = $"{key}:\n  - {{ zzzzzzzzzzzzzzzz: 1 }}\n";
            var told = file.Errors().First(error => error.Contains("zzzz"));
            var offered = schema
                .RootElement.GetProperty("properties")
                .GetProperty(key)
                .GetProperty("items")
                .GetProperty("properties")
                .EnumerateObject()
                .Select(one => one.Name);
            told[(told.IndexOf("known: ", StringComparison.Ordinal) + 7)..].Split(", ").Order().ShouldBe(offered.Order(), key);
        }
    }

    private static readonly string[] Optional = ["email", "provider"];

    private static IEnumerable<string> Told(ItopCatalogue catalogue) =>
        catalogue
            .Items.Select(item =>
                $"{item.Kind} {item.Path} "
                + $"{string.Join(' ', item.Says.OrderBy(one => one.Key).Select(one => $"{one.Key}={one.Value}"))}"
            )
            .Concat(catalogue.Participating);

    private static IEnumerable<string> Keys(JsonElement schema)
    {
        if (schema.TryGetProperty("items", out var items))
            return Keys(items);
        return schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().SelectMany(one => Keys(one.Value).Prepend(one.Name))
            : [];
    }
}
