using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests;

/// <summary>What the demo's files name × what its iTop has, one thing changed.</summary>
public class DriftTests
{
    static readonly Catalogue catalogue = Demo.Directory.Catalogue!;

    [Fact]
    public void An_iTop_that_has_everything_has_not_drifted() => Of(Everything()).ShouldBeEmpty();

    [Theory]
    [InlineData(ItopKind.Brique, "Scénari")]
    [InlineData(ItopKind.Service, "OpenMoodle > Cours")]
    [InlineData(ItopKind.SousService, "Scénari > Publication > Erreur de génération")]
    [InlineData(ItopKind.Team, "Support OpenMoodle")]
    [InlineData(ItopKind.Team, "Retour école")]
    [InlineData(ItopKind.Team, "C2IP")]
    [InlineData(ItopKind.Organisation, "INSA Lyon")]
    public void What_is_gone_is_told_by_its_name(ItopKind kind, string path)
    {
        var has = Everything().Where(item => item.Key != ItopItem.KeyOf(kind, path)).ToList();

        Of(has).ShouldContain(new Drifted(DriftKind.Absent, kind, path));
    }

    [Theory]
    [InlineData("requestType", "incident")]
    [InlineData("status", "obsolete")]
    [InlineData("name", "Creation de compte")]
    public void A_sous_service_that_became_something_else_is_told(string key, string now)
    {
        const string Path = "Scénari > Gestion des comptes > Création de compte";
        var has = Everything()
            .Select(item =>
                item.Path == Path ? item with { Says = new Dictionary<string, string>(item.Says) { [key] = now } } : item
            )
            .ToList();

        Of(has).ShouldBe([new Drifted(DriftKind.Differs, ItopKind.SousService, Path)]);
    }

    [Fact]
    public void What_is_there_twice_is_told() =>
        Of([.. Everything(), Item(ItopKind.Team, ("name", "c2ip"))])
            .ShouldBe([new Drifted(DriftKind.Several, ItopKind.Team, "C2IP")]);

    [Fact]
    public void A_person_is_looked_for_by_e_mail_or_by_name()
    {
        Drift
            .People(catalogue, Demo.Directory.Schools)
            .ShouldBe(["Connecteur GroupTicketing", "support@lyon.example", "support@toulouse.example"]);
        Of(Everything().Where(item => item.Says.GetValueOrDefault("email") != "support@lyon.example").ToList())
            .ShouldBe([new Drifted(DriftKind.Absent, ItopKind.Person, "support@lyon.example")]);
        Of([
                .. Everything()
                    .Select(item =>
                        item.Says.GetValueOrDefault("email") == "support@lyon.example"
                            ? item with
                            {
                                Says = new Dictionary<string, string>(item.Says) { ["organisation"] = "INSA Toulouse" },
                            }
                            : item
                    ),
            ])
            .ShouldBe(
                [new Drifted(DriftKind.Differs, ItopKind.Person, "support@lyon.example")],
                "of another organisation it is no caller of the school's"
            );
        Of(Everything().Where(item => item.Path != "Connecteur GroupTicketing").ToList())
            .ShouldBe([new Drifted(DriftKind.Absent, ItopKind.Person, "Connecteur GroupTicketing")]);
    }

    [Fact]
    public void A_service_in_no_contract_of_a_school_is_told_for_that_school()
    {
        var has = Everything().Where(item => item.Path != "Support INSA Lyon > OpenMoodle > Cours").ToList();

        Of(has).ShouldBe([new Drifted(DriftKind.NoContract, ItopKind.Service, "INSA Lyon: OpenMoodle > Cours")]);
    }

    [Fact]
    public void An_obsolete_contract_gives_the_right_all_the_same_as_in_iTop_s_form()
    {
        var has = Everything()
            .Select(item =>
                item is { Kind: ItopKind.Contract, Path: "Support INSA Lyon" }
                    ? item with
                    {
                        Says = new Dictionary<string, string>(item.Says) { ["status"] = "obsolete" },
                    }
                    : item
            )
            .ToList();

        Of(has).ShouldBeEmpty();
    }

    [Fact]
    public void A_brique_or_a_school_outside_the_pilot_is_not_asked_for()
    {
        var outside = catalogue with
        {
            Briques = [.. catalogue.Briques.Select(brique => brique with { Pilot = brique.Name == "Scénari" })],
        };
        var has = Everything().Where(item => !item.Path.Contains("OpenMoodle")).ToList();

        Drift.Find(outside, Demo.Directory.Schools.Select(school => school with { Pilot = false }), In(has)).ShouldBeEmpty();
    }

    static IReadOnlyList<Drifted> Of(IReadOnlyList<ItopItem> has) => Drift.Find(catalogue, Demo.Directory.Schools, In(has));

    static InItop In(IReadOnlyList<ItopItem> items) => new([.. items.Select((item, i) => new Found(item, $"{i}"))], []);

    static List<ItopItem> Everything()
    {
        var needed = Needed.For(catalogue, Demo.Directory.Schools).ToList();
        var services = needed.Where(item => item.Kind == ItopKind.Service).ToList();
        foreach (var school in Demo.Directory.Schools)
        {
            needed.Add(
                Item(
                    ItopKind.Contract,
                    ("name", $"Support {school.Organisation}"),
                    ("customer", school.Organisation),
                    ("status", "production")
                )
            );
            needed.AddRange(
                services.Select(service =>
                    Item(ItopKind.ContractService, ("contract", $"Support {school.Organisation}"), ("service", service.Path))
                )
            );
            needed.Add(
                Item(
                    ItopKind.Person,
                    ("firstName", "Support"),
                    ("name", school.Name),
                    ("organisation", school.Organisation),
                    ("email", school.SupportContact)
                )
            );
        }
        needed.Add(Item(ItopKind.Person, ("firstName", "Connecteur"), ("name", "GroupTicketing")));
        return needed;
    }

    static ItopItem Item(ItopKind kind, params (string Key, string Text)[] says) =>
        ItopItem.From(kind, says.ToDictionary(one => one.Key, one => one.Text))!;
}
