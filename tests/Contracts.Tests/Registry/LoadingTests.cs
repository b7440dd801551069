using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class LoadingTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_sound_folder_gives_the_catalogue()
    {
        var catalogue = folder.Sound().Catalogue.ShouldNotBeNull();

        catalogue.Group.TriageTeam.ShouldBe("C2IP");
        catalogue.Group.ReturnTeam.ShouldBe("Retour école");
        catalogue.Group.Schools.ShouldBe([new("lyon", "INSA Lyon"), new("rennes", "INSA Rennes")]);
        var scenari = catalogue.Find("SCENARI").ShouldNotBeNull();
        scenari.Pilot.ShouldBeTrue();
        scenari.Intervenants.ShouldBe([new("Noé Tilleul", "lyon", "noe@lyon.example")]);
        scenari.ToQualify.ShouldBe(new("Gestion des comptes", "À qualifier"));
        var quota = scenari.Find("comptes")?.Find("quota").ShouldNotBeNull();
        quota!.Team.ShouldBe("Équipe Disques");
        quota.RequestType.ShouldBe(RequestType.Incident);
        catalogue.Find("Wiki")!.Pilot.ShouldBeFalse();
        catalogue.Routes.ShouldBeSameAs(RouteNode.Root);
    }

    [Fact]
    public void A_sound_folder_gives_its_schools_with_their_defaults()
    {
        var lyon = folder.Sound().Schools.ShouldHaveSingleItem();

        lyon.Gesture.ShouldBe(new("Escalate to group", "yes"));
        lyon.Callback.ShouldBe(new(new("https://tickets.lyon.example/callbacks"), Party.Support, TimeSpan.FromSeconds(10)));
        lyon.Signature.ShouldBe(new(AuthorShown.Role, AuthorShown.Role));
        lyon.Caller.ShouldBe(Party.Support);
        lyon.UnknownCaller.ShouldBe(UnknownCaller.Support);
        lyon.NoteMark.ShouldBe("@groupe");
        lyon.Accounts.ShouldBeEmpty();
        lyon.Secrets.Webhook.Select(s => s.Text).ShouldBe(["file:lyon-webhook", "env:LYON_WEBHOOK"]);
        lyon.Secrets.Webhook[0].Line.ShouldBe(8);
    }

    [Fact]
    public void What_a_school_chooses_replaces_the_defaults()
    {
        folder.Change("schools/lyon.yaml", "callbacks\" }", "callbacks\", audience: requester, timeout: 60 }");
        folder.Change("schools/lyon.yaml", "pilot: true", """
            pilot: true
            caller: requester
            unknownCaller: create
            signature: { requester: name, agent: NAME }
            noteMark: "#insa"
            accounts: svc-group
            """);

        var lyon = folder.Sound().Schools.ShouldHaveSingleItem();

        lyon.Callback!.Audience.ShouldBe(Party.Requester);
        lyon.Callback.Timeout.ShouldBe(TimeSpan.FromMinutes(1));
        lyon.Caller.ShouldBe(Party.Requester);
        lyon.UnknownCaller.ShouldBe(UnknownCaller.Create);
        lyon.Signature.ShouldBe(new(AuthorShown.Name, AuthorShown.Name));
        lyon.NoteMark.ShouldBe("#insa");
        lyon.Accounts.ShouldBe(["svc-group"]);
    }

    [Fact]
    public void The_calendar_has_defaults_and_a_school_adds_its_holidays()
    {
        folder.Change("schools/lyon.yaml", "pilot: true", "pilot: true\nholidays: [2026-12-24, 2026-12-25]");

        var reading = folder.Sound();
        var calendar = reading.Calendar.ShouldNotBeNull();

        calendar.TimeZone.Id.ShouldBe("Europe/Paris");
        calendar.SilenceClosesAfter.ShouldBe(10);
        calendar.Week.On(DayOfWeek.Monday).ShouldBe([new(new(8, 0), new(12, 0)), new(new(13, 0), new(17, 0))]);
        calendar.Week.On(DayOfWeek.Sunday).ShouldBeEmpty();
        calendar.For(reading.Schools[0]).Holidays.ShouldBe([new(2026, 12, 25), new(2026, 12, 24)]);
    }

    [Fact]
    public void All_errors_of_all_files_are_told_at_once_in_order()
    {
        folder.Change("catalogue.yaml", "team: Support Wiki", "taem: Support Wiki");
        folder.Change("calendar.yaml", "2026-12-25", "25/12/2026");
        folder.Change("schools/lyon.yaml", "rt5", "rt6");

        var reading = folder.Load();

        reading.Errors.Select(e => $"{Path.GetFileName(e.File)}:{e.Line}").ShouldBe(
            ["calendar.yaml:7", "catalogue.yaml:28", "lyon.yaml:6"]);
        reading.Catalogue.ShouldBeNull();
        reading.Schools.ShouldBeEmpty();
        reading.Calendar.ShouldBeNull();
    }

    [Fact]
    public void A_problem_reads_as_file_line_and_text()
    {
        new Problem("a.yaml", 3, "mend it").ToString().ShouldBe("a.yaml:3: mend it");
        new Problem("a.yaml", 0, "missing").ToString().ShouldBe("a.yaml: missing");
    }

    [Fact]
    public void An_intervenant_without_school_is_a_warning()
    {
        folder.Change("catalogue.yaml", "Sacha Merisier, school: rennes", "Sacha Merisier");

        var warning = folder.Sound().Warnings.ShouldHaveSingleItem();

        warning.Text.ShouldBe("Sacha Merisier: school not given");
        warning.Line.ShouldBe(30);
    }

    [Fact]
    public void Without_a_school_in_the_pilot_there_is_a_warning()
    {
        folder.Sound().Warnings.ShouldBeEmpty();

        File.Move(folder.PathOf("schools/lyon.yaml"), folder.PathOf("schools/lyon.yaml.example"));

        folder.Sound().Warnings.ShouldHaveSingleItem().Text.ShouldStartWith("no school is in the pilot yet");
    }

    [Theory]
    [InlineData("schools/rennes.yml", "not read: a school's file ends in .yaml")]
    [InlineData("schools/README.md", "not read: a school's file ends in .yaml")]
    public void A_file_that_is_not_read_is_a_warning(string file, string text)
    {
        folder.Write(file, "slug: rennes");

        folder.Sound().Warnings.ShouldHaveSingleItem().Text.ShouldBe(text);
    }

    [Fact]
    public void A_callback_without_https_is_a_warning_unless_it_stays_on_the_machine()
    {
        folder.Change("schools/lyon.yaml", "https://tickets.lyon.example", "http://127.0.0.1:5081");
        folder.Sound().Warnings.ShouldBeEmpty();

        folder.Change("schools/lyon.yaml", "http://127.0.0.1:5081", "http://tickets.lyon.example");
        folder.Sound().Warnings.ShouldHaveSingleItem().Text.ShouldContain("without https");
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("a file")]
    [InlineData("unreadable")]
    public void Without_a_folder_of_schools_nothing_is_right(string how)
    {
        using var folder = new Folder();
        var schools = folder.PathOf("schools");
        Directory.Delete(schools, recursive: true);
        if (how == "a file")
            File.WriteAllText(schools, "");
        // Whatever account this is, nobody gets to the end of it.
        if (how == "unreadable")
            File.CreateSymbolicLink(schools, schools);

        var reading = folder.Load();
        if (how == "unreadable")
            File.Delete(schools);

        var error = reading.Errors.ShouldHaveSingleItem();
        (error.File, error.Line).ShouldBe((schools, 0));
        error.Text.ShouldStartWith("the folder of the schools' files is missing or not readable");
        reading.Warnings.ShouldBeEmpty();
    }
}
