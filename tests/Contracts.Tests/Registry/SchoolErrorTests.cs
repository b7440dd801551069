using System.Globalization;

namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class SchoolErrorTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(
        "slug: lyon",
        "slug: lion",
        1,
        "'lion' is not one of the group's schools in catalogue.yaml: did you mean 'lyon'?"
    )]
    [InlineData("slug: lyon", "slug: rennes", 1, "the slug 'rennes' is not the file's name 'lyon'")]
    [InlineData("tool: rt5", "tool: glpi", 6, "the tool 'glpi' has no dialect here: known: generic, rt5")]
    [InlineData("gesture: { field: Escalate to group, value: yes }", "", 1, "the tool 'rt5' needs a 'gesture'")]
    [InlineData("field: Escalate to group, value: yes", "field: Escalate to group", 10, "the gesture must be one of")]
    [InlineData("field: Escalate to group, value: yes", "queue: A, category: B", 10, "the gesture must be one of")]
    [InlineData(
        "queue: Comptes Scenari, brique: Scénari",
        "queue: Comptes Scenari, brique: Senari",
        13,
        "did you mean 'Scénari'?"
    )]
    [InlineData("service: Gestion des comptes", "service: Pages", 13, "'Pages' is not a service of Scénari")]
    [InlineData(
        "service: Gestion des comptes",
        "sousService: Quota",
        13,
        "the sous-service 'Quota' is named without its service"
    )]
    [InlineData("  webhook: [file:lyon-webhook, env:LYON_WEBHOOK]\n", "", 7, "no webhook secret")]
    [InlineData(
        "  callback: demo:whsec_j0jaBJJy2wJzLJMEWrnJ/uPRyuudxOvAXk2DzIQR9yg=\n",
        "",
        13,
        "the callback has no secret to sign with"
    )]
    [InlineData("https://tickets.lyon.example", "ftp://tickets.lyon.example", 14, "the url must begin with https://")]
    [InlineData("https://tickets", "https://user:word@tickets", 14, "hold no password")]
    [InlineData("callbacks\" }", "callbacks\", timeout: 61 }", 14, "'timeout' must be a whole number from 1 to 60, not '61'")]
    [InlineData("callbacks\" }", "callbacks\", audience: all }", 14, "'audience' must be support or requester, not 'all'")]
    [InlineData("pilot: true", "signature: { requester: initials }", 5, "'requester' must be Demandeur or name, not 'initials'")]
    [InlineData("pilot: true", "unknownCaller: make", 5, "'unknownCaller' must be support or create, not 'make'")]
    [InlineData("pilot: true", "unknownCaller: create", 5, "nobody is created while the support contact is the caller")]
    [InlineData("pilot: true", "notemark: '@x'", 5, "'notemark' is not a known key: did you mean 'noteMark'?")]
    [InlineData("pilot: true", "noteMark: ' '", 5, "'noteMark' must be a word of two characters or more")]
    [InlineData("pilot: true", "noteMark: '@'", 5, "'noteMark' must be a word of two characters or more")]
    [InlineData("pilot: true", "holidays: [2026-02-30]", 5, "'2026-02-30' is not a day")]
    [InlineData("pilot: true", "mapping: { queues: [] }", 11, "'mapping' is given twice")]
    public void Each_mistake_is_told_where_it_is(string from, string to, int line, string text)
    {
        folder.Sound();

        folder.Change("schools/lyon.yaml", from, to);

        var errors = folder.Load().Errors;
        errors.ShouldContain(e => e.Line == line && e.Text.Contains(text), string.Join('\n', errors));
        errors.ShouldAllBe(e => e.File == folder.PathOf("schools/lyon.yaml"));
    }

    [Theory]
    [InlineData(
        "  webhook: [file:",
        "  webhok: [file:",
        8,
        "'webhok' is not a known key: did you mean 'webhook'? Therefore also: no webhook secret"
    )]
    [InlineData(
        "secrets:\n",
        "secret:\n",
        7,
        "'secret' is not a known key: did you mean 'secrets'? Therefore also: no webhook secret"
    )]
    [InlineData(
        "gesture: {",
        "gestrue: {",
        10,
        "'gestrue' is not a known key: did you mean 'gesture'? Therefore also: the tool 'rt5' needs a 'gesture'"
    )]
    [InlineData(
        "{ url:",
        "{ ulr:",
        14,
        "'ulr' is not a known key: did you mean 'url'? Therefore also: lyon > callback: 'url' is missing"
    )]
    [InlineData(
        "supportContact:",
        "suportContact:",
        4,
        "'suportContact' is not a known key: did you mean 'supportContact'? Therefore also: lyon: 'supportContact' is missing"
    )]
    [InlineData("slug: lyon", "slug: lion", 1, "'lion' is not one of the group's schools")]
    [InlineData("tool: rt5", "tool: rt6", 6, "the tool 'rt6' has no dialect here")]
    public void What_follows_from_a_mistake_is_told_with_it_and_nowhere_else(string from, string to, int line, string text)
    {
        folder.Change("schools/lyon.yaml", from, to);

        var error = folder.Load().Errors.ShouldHaveSingleItem();
        (error.Line, error.Text.Contains(text)).ShouldBe((line, true), error.Text);
    }

    [Fact]
    public void A_mistyped_callback_and_what_needs_it_is_one_error()
    {
        folder
            .Change("schools/lyon.yaml", "callback: {", "calback: {")
            .Change("schools/lyon.yaml", "pilot: true", "pilot: true\nmirrorFrom: 2026-11-01");

        folder
            .Load()
            .Errors.ShouldHaveSingleItem()
            .Text.ShouldContain("did you mean 'callback'? Therefore also: a ticket that the group opened cannot be told");
    }

    [Fact]
    public void What_is_wrong_is_said_in_French_where_the_process_speaks_it()
    {
        folder.Change("schools/lyon.yaml", "callback: {", "calback: {");
        folder.Change("schools/lyon.yaml", "pilot: true", "pilot: true\nmirrorFrom: 2026-11-01");
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");

        var error = folder.Load().Errors.ShouldHaveSingleItem();

        error.Text.ShouldContain(
            "vouliez-vous dire « callback » ? D’où aussi : un ticket ouvert par le groupe ne peut être dit"
        );
    }

    [Fact]
    public void A_missing_folder_is_one_error()
    {
        var reading = GroupTicketing.Registry.RegistryLoader.Load(folder.PathOf("nowhere"), ["generic"]);

        reading
            .Errors.ShouldHaveSingleItem()
            .ToString()
            .ShouldBe(
                $"{folder.PathOf("nowhere")}: the folder is missing or not readable: name the one that holds "
                + "catalogue.yaml, calendar.yaml and schools/"
            );
        reading.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("support@lyon.example", true)]
    [InlineData("Support INSA Lyon", true)]
    [InlineData("Élise d’Aubigné-Ça", true)]
    [InlineData("Support (n° 2)", true)]
    [InlineData("support@", false)]
    [InlineData("@lyon.example", false)]
    [InlineData("support@lyon", false)]
    [InlineData("support at@lyon.example", false)]
    [InlineData("a@b@lyon.example", false)]
    [InlineData("'Support <support@lyon.example>'", false)]
    [InlineData("'mailto:support@lyon.example'", false)]
    [InlineData("'https://support.lyon.example'", false)]
    [InlineData("'0472000000'", false)]
    [InlineData("\"support\\u202e@lyon.example\"", false)]
    [InlineData("'-'", false)]
    public void The_support_contact_is_an_address_or_a_name(string contact, bool isOne)
    {
        folder.Change("schools/lyon.yaml", "supportContact: support@lyon.example", $"supportContact: {contact}");

        folder.Load().Errors.Select(error => error.Line).ShouldBe(isOne ? [] : [4]);
    }

    [Theory]
    [InlineData("webhook: whsec_c2VjcmV0", "c2VjcmV0")]
    [InlineData("webhook: [FILE:whsec_c2VjcmV0]", "c2VjcmV0")]
    [InlineData("webhook: { value: whsec_c2VjcmV0 }", "c2VjcmV0")]
    public void A_secret_written_inline_is_refused_and_never_repeated(string line, string secret)
    {
        folder.Change("schools/lyon.yaml", "webhook: [file:lyon-webhook, env:LYON_WEBHOOK]", line);

        var errors = folder.Load().Errors;

        errors.ShouldNotBeEmpty();
        errors.ShouldAllBe(e => !e.ToString().Contains(secret));
    }

    [Fact]
    public void Two_schools_never_share_organisation_address_or_key()
    {
        folder.Write("schools/rennes.yaml", Folder.Lyon.Replace("slug: lyon", "slug: rennes"));

        var errors = folder.Load().Errors;

        errors.ShouldAllBe(e => e.File == folder.PathOf("schools/rennes.yaml"));
        errors.Select(e => e.Line).ShouldBe([3, 8, 14]);
        errors[0].Text.ShouldContain("the organisation 'INSA Lyon' is already used at " + folder.PathOf("schools/lyon.yaml:3"));
        errors[1].Text.ShouldContain("the same secret is used twice");
        errors[2].Text.ShouldContain("the callback's url");
    }

    [Fact]
    public void A_queue_stands_for_one_place()
    {
        folder.Change("schools/lyon.yaml", "queues:", "queues:\n    - { queue: COMPTES SCENARI, brique: Wiki }");

        folder.Load().Errors.ShouldHaveSingleItem().Text.ShouldContain("the queue 'Comptes Scenari' is already used");
    }

    [Fact]
    public void A_broken_catalogue_does_not_drown_its_cause_in_the_schools_errors()
    {
        folder.Write("catalogue.yaml", "group: [");

        folder.Load().Errors.ShouldHaveSingleItem().File.ShouldBe(folder.PathOf("catalogue.yaml"));
    }
}
