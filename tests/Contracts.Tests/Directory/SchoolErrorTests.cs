namespace GroupTicketing.Contracts.Tests.Directory;

public sealed class SchoolErrorTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("slug: lyon", "slug: lion", 1, "'lion' is not one of the group's schools in catalogue.yaml: did you mean 'lyon'?")]
    [InlineData("slug: lyon", "slug: rennes", 1, "the slug 'rennes' is not the file's name 'lyon'")]
    [InlineData("tool: rt5", "tool: glpi", 6, "the tool 'glpi' has no dialect here: known: generic, rt5")]
    [InlineData("gesture: { field: Escalate to group, value: yes }", "", 1, "the tool 'rt5' needs a 'gesture'")]
    [InlineData("field: Escalate to group, value: yes", "field: Escalate to group", 10, "the gesture must be one of")]
    [InlineData("field: Escalate to group, value: yes", "queue: A, category: B", 10, "the gesture must be one of")]
    [InlineData("queue: Comptes Scenari, brique: Scénari", "queue: Comptes Scenari, brique: Senari", 13, "did you mean 'Scénari'?")]
    [InlineData("service: Gestion des comptes", "service: Pages", 13, "'Pages' is not a service of Scénari")]
    [InlineData("service: Gestion des comptes", "sousService: Quota", 13, "the sous-service 'Quota' is named without its service")]
    [InlineData("  webhook: [file:lyon-webhook, env:LYON_WEBHOOK]\n", "", 7, "no webhook secret")]
    [InlineData("  callback: demo:callback\n", "", 13, "the callback has no secret to sign with")]
    [InlineData("https://tickets.lyon.example", "ftp://tickets.lyon.example", 14, "the url must begin with https://")]
    [InlineData("https://tickets", "https://user:word@tickets", 14, "hold no password")]
    [InlineData("callbacks\" }", "callbacks\", timeout: 61 }", 14, "'timeout' must be a whole number from 1 to 60, not '61'")]
    [InlineData("callbacks\" }", "callbacks\", audience: all }", 14, "'audience' must be support or requester, not 'all'")]
    [InlineData("pilot: true", "signature: { requester: initials }", 5, "'requester' must be Demandeur or name, not 'initials'")]
    [InlineData("pilot: true", "unknownCaller: make", 5, "'unknownCaller' must be support or create, not 'make'")]
    [InlineData("pilot: true", "unknownCaller: create", 5, "nobody is created while the support contact is the caller")]
    [InlineData("pilot: true", "notemark: '@x'", 5, "'notemark' is not a known key: did you mean 'noteMark'?")]
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
