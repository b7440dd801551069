namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>What a catalogue for iTop must hold, one fault at a time and all of them at once.</summary>
public sealed class ItopCatalogueErrorTests : IDisposable
{
    private readonly ItopFile file = new();

    public void Dispose() => file.Dispose();

    [Theory]
    [InlineData("        teams: [Support OpenMoodle]\n", "", "the brique 'OpenMoodle' has no intervenant")]
    [InlineData(
        "    members: [Denis Dieupart-Ruel, Hamid Le Fleurier, Richter Elric]\n",
        "",
        "the brique 'Scénari' has no intervenant"
    )]
    [InlineData(
        "      - name: Support\n        teams",
        "      - name: Publication\n      - name: Support\n        teams",
        "the service 'OpenMoodle > Publication' has no sous-service"
    )]
    [InlineData(
        "services: [Scénari > Gestion des comptes, OpenMoodle > Support] }\n  - { name: Support du groupe pour INSA Rennes",
        "services: [OpenMoodle > Support] }\n  - { name: Support du groupe pour INSA Rennes",
        "the service 'Scénari > Gestion des comptes' is in no contract of INSA Toulouse"
    )]
    [InlineData(
        "          - { name: À qualifier, requestType: incident }\n  - name: OpenMoodle",
        "  - name: OpenMoodle",
        "the brique 'Scénari' has no sous-service 'À qualifier'"
    )]
    [InlineData(", Retour école] }", "] }", "the delivery model 'Support du groupe INSA' lacks the team 'Retour école'")]
    [InlineData(", members: [Connecteur GroupTicketing] }", " }", "the team 'Retour école' has no member")]
    [InlineData(
        "teams: [C2IP, Support Scénari, ",
        "teams: [C2IP, ",
        "the delivery model 'Support du groupe INSA' of INSA Lyon lacks the team 'Support Scénari'"
    )]
    [InlineData(
        "{ name: INSA Rouen, parent: INSA Groupe, deliveryModel",
        "{ name: INSA Rouen, deliveryModel",
        "INSA Rouen does not lie below 'INSA Groupe'"
    )]
    [InlineData(
        "{ name: INSA Rouen, parent: INSA Groupe, deliveryModel: Support du groupe INSA",
        "{ name: INSA Rouen, parent: INSA Groupe",
        "INSA Rouen has no delivery model"
    )]
    [InlineData(
        "members: [Denis Dieupart-Ruel",
        "members: [Denis Dupart-Ruel",
        "'Denis Dupart-Ruel' is not described in this file: did you mean 'Denis Dieupart-Ruel'?"
    )]
    [InlineData("provider: INSA Groupe ", "provider: INSA Group ", "the provider 'INSA Group' is not among the organisations")]
    [InlineData(
        "role: connector",
        "role: administrator",
        "'role' must be intervenant or support or connector, not 'administrator'"
    )]
    [InlineData(
        "requestType: service_request",
        "requestType: question",
        "'requestType' must be incident or service_request, not 'question'"
    )]
    [InlineData(
        "{ firstName: Eloise, name: Joyeux, organisation: INSA Lyon }",
        "{ firstName: Eloise, name: Joyeux, organisation: INSA Lyon }\n  - { firstName: éloise, name: Joyeux, "
        + "organisation: INSA Lyon }",
        "'éloise Joyeux' is given twice, first on line "
    )]
    [InlineData(
        "organisation: INSA Toulouse }\n  - { firstName: Hamid",
        "organisation: INSA Toulouse, fonction: x }\n  - { firstName: Hamid",
        "'fonction' is not a known key"
    )]
    public void It_is_told(string from, string to, string told) =>
        file.Change(from, to).Errors().ShouldContain(error => error.Contains(told));

    [Fact]
    public void Everything_is_told_at_once()
    {
        var errors = file.Change("        teams: [Support OpenMoodle]\n", "")
            .Change(", Retour école] }", "] }")
            .Change("role: connector", "role: x")
            .Errors();

        errors.Count.ShouldBe(3, string.Join('\n', errors));
    }

    [Fact]
    public void An_intervenant_without_an_account_is_said_and_stops_nothing()
    {
        file.Change("  - { login: eloise.joyeux, person: Eloise Joyeux, role: intervenant }\n", "").Sound();

        file.Warnings().ShouldBe(["Eloise Joyeux takes tickets and has no account in this file"]);
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_yaml_is_told()
    {
        file.Text = "provider: [";
        file.Errors().ShouldHaveSingleItem().ShouldStartWith("not YAML");
        GroupTicketing
            .Registry.ItopCatalogue.Load("/nowhere/itop.yaml")
            .Errors.ShouldHaveSingleItem()
            .Text.ShouldStartWith("the file is missing");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_line_is_left_out_is_survived(int lines)
    {
        var whole = ItopFile.Pilot.Split('\n');
        for (var left = 0; left + lines <= whole.Length; left++)
        {
            file.Text = string.Join('\n', whole.Where((_, i) => i < left || i >= left + lines));
            file.Errors().ShouldAllBe(error => error.Length > 10);
        }
    }
}
