namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class CatalogueErrorTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("pilot: true", "pliot: true", 12, "'pliot' is not a known key: did you mean 'pilot'?")]
    [InlineData("pilot: true", "zzzzzzz: true", 12, "'zzzzzzz' is not a known key: known: name, aliases, pilot")]
    [InlineData("pilot: true", "pilot: yes", 12, "'pilot' must be true or false, not 'yes'")]
    [InlineData("name: Groupe INSA", "name:", 2, "'name' is missing")]
    [InlineData("name: Groupe INSA", "name: ''", 2, "'name' is missing")]
    [InlineData("triageTeam: C2IP", "triageTeam: [C2IP]", 4, "'triageTeam' must be one text")]
    [InlineData("slug: rennes", "slug: Rennes!", 8, "the slug 'Rennes!' must begin with a lower-case letter")]
    [InlineData("slug: rennes", "slug: lyon", 8, "the school 'lyon' is already used at ")]
    [InlineData("aliases: [Scenari Chain]", "aliases: [WIKI]", 27, "the brique name or alias 'Wiki' is already used at ")]
    [InlineData(
        "aliases: [Comptes]",
        "aliases: [gestion des COMPTES]",
        18,
        "the service name or alias 'gestion des COMPTES' is already used"
    )]
    [InlineData(
        "name: Quota",
        "name: creation de compte",
        21,
        "the sous-service name or alias 'creation de compte' is already used"
    )]
    [InlineData(
        "requestType: service_request",
        "requestType: request",
        20,
        "'requestType' must be incident or service_request, not 'request'"
    )]
    [InlineData("requestType: service_request, ", "", 20, "'requestType' is missing")]
    [InlineData("school: rennes }", "school: renes }", 30, "'renes' is not one of the group's schools: did you mean 'rennes'?")]
    [InlineData("noe@lyon.example", "noe.lyon.example", 15, "'noe.lyon.example' is not an e-mail address")]
    [InlineData(
        "- { name: Noé Tilleul, school: lyon, email: noe@lyon.example }",
        "",
        10,
        "the brique 'Scénari' has no intervenant"
    )]
    [InlineData(
        "- { name: Sacha Merisier, school: rennes }",
        "- Sacha Merisier",
        30,
        "each of 'intervenants' must be a group of keys"
    )]
    [InlineData(
        "    toQualify: { service: Gestion des comptes, sousService: À qualifier }\n",
        "",
        10,
        "in the pilot without its À qualifier"
    )]
    [InlineData(
        "toQualify: { service: Gestion des comptes",
        "toQualify: { service: Gestion",
        26,
        "'Gestion' is not a service of Scénari"
    )]
    [InlineData("sousService: À qualifier }", "sousService: A qualifer }", 26, "did you mean 'À qualifier'?")]
    [InlineData(
        "- { name: Erreur, requestType: incident }\n    toQualify",
        "\n    toQualify",
        23,
        "the service 'Publication' has no sous-service"
    )]
    [InlineData("briques:", "briques: []\nbrique:", 9, "no brique: list at least one")]
    [InlineData("briques:", "briques: []\nbrique:", 10, "'brique' is not a known key: did you mean 'briques'?")]
    [InlineData("group:", "groupe:", 1, "'group' is missing")]
    [InlineData("team: Support Wiki", "team: Support Wiki\n    team: C2IP", 29, "'team' is given twice, first on line 28")]
    public void Each_mistake_is_told_where_it_is(string from, string to, int line, string text)
    {
        folder.Sound();

        folder.Change("catalogue.yaml", from, to);

        var errors = folder.Load().Errors;
        errors.ShouldContain(e => e.Line == line && e.Text.Contains(text), string.Join('\n', errors));
    }

    [Fact]
    public void A_name_longer_than_iTop_takes_is_refused()
    {
        folder.Change("catalogue.yaml", "Support Wiki", new string('x', 256));

        folder.Load().Errors.ShouldHaveSingleItem().Text.ShouldEndWith("'team' must be one line of at most 255 characters");
    }

    [Fact]
    public void The_same_name_may_stand_in_two_services()
    {
        folder.Sound().Catalogue!.Find("Scénari")!.Find("Publication")!.Find("Erreur").ShouldNotBeNull();
        folder.Sound().Catalogue!.Find("Wiki")!.Find("Pages")!.Find("Erreur").ShouldNotBeNull();
    }
}
