namespace GroupTicketing.Services.Tests;

/// <summary>A file of settings, and an environment, as people get them wrong: all of it is said, each by its name, with
/// whatever else is wrong.</summary>
public sealed class SettingsTests : IDisposable
{
    static readonly Dictionary<string, string> none = [];

    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("""{"Data":null}""", "the setting Data is null: give it a value, or take it away")]
    [InlineData("""{"Proxies":null}""", "the setting Proxies is null")]
    [InlineData("""{"Outside":{"Allow":null}}""", "the setting Outside:Allow is null")]
    [InlineData("""{"BadKeysPerMinute":null}""", "the setting BadKeysPerMinute is null")]
    [InlineData("""{"Itop":null}""", "the setting Itop is null")]
    [InlineData("""{"Services":{"intake":null}}""", "the setting Services:intake is null")]
    [InlineData("""{"Urls":["http://127.0.0.1:1"]}""", "the setting Urls is one value, and no list or section")]
    [InlineData("""{"Proxies":[]}""", "the setting Proxies is one value, and no list or section")]
    [InlineData("""{"PublicUrl":{"Url":"http://x"}}""", "the setting PublicUrl is one value, and no list or section")]
    [InlineData("""{"Services":{"intake":{"Url":"http://x"}}}""", "the setting Services:intake is one value")]
    [InlineData(
        """{"Bus":"amqp://x/y"}""",
        "the setting Bus is a section, and no value or list: set Bus:Url, Bus:User, Bus:PasswordFile, Bus:Password"
    )]
    [InlineData("""{"Metrics":["http://x"]}""", "the setting Metrics is a section, and no value or list: set Metrics:Url")]
    [InlineData("""{"Services":[]}""", "the setting Services is a section, and no value or list: set Services:gateway")]
    [InlineData("""{"Itop":{"Usr":"x"}}""", "the setting Itop:Usr is unknown: did you mean 'User'?")]
    [InlineData("""{"Itop":{"Timetable":"x"}}""", "the setting Itop:Timetable is unknown: known: Url, WebUrl")]
    [InlineData("""{"Directroy":"x"}""", "the setting Directroy is unknown: did you mean 'Directory'?")]
    [InlineData("""{"Data":"a","data":"b"}""", "the setting data is there twice in appsettings.json: keep one")]
    [InlineData("""{"Itop":{"Url":"http://x","Url":"http://y"}}""", "the setting Itop:Url is there twice")]
    [InlineData("""{"Logging":{"A":"1","A":"2"}}""", "the setting Logging:A is there twice")]
    [InlineData("[]", "appsettings.json holds no object: write { … }, or take it away")]
    [InlineData("null", "appsettings.json holds no object")]
    [InlineData("{\"Data\":", "appsettings.json is not JSON (line 1, column 9): mend it, or take it away")]
    public async Task What_is_wrong_is_said_by_its_name_and_how_to_mend_it(string file, string line)
    {
        var (exit, said) = await Check(file, none);

        exit.ShouldBe(1, said);
        said.Trim().ShouldStartWith($"error: {line}");
        said.Trim().Split('\n').ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Urls", "http://127.0.0.1:99999")]
    [InlineData("Urls", "ftp://127.0.0.1:5080")]
    [InlineData("Urls", "https://127.0.0.1:5080")]
    [InlineData("Urls", "")]
    [InlineData("Metrics:Url", "here")]
    [InlineData("PublicUrl", "here")]
    [InlineData("PublicUrl", null, "http://*:5080")]
    [InlineData("PublicUrl", "ftp://here")]
    [InlineData("Itop:WebUrl", "here")]
    [InlineData("Itop:PasswordFile", "")]
    [InlineData("Data", "")]
    public async Task What_cannot_be_meant_is_said_before_the_start(
        string name,
        string? value,
        string urls = "http://127.0.0.1:5080"
    )
    {
        var environment = new Dictionary<string, string>
        {
            ["GROUPTICKETING__Itop__Url"] = "http://127.0.0.1:1/",
            ["GROUPTICKETING__Itop__User"] = "x",
            ["GROUPTICKETING__Outside__Allow"] = "127.0.0.0/8",
            ["GROUPTICKETING__Outside__Http"] = "true",
            ["GROUPTICKETING__Urls"] = urls,
        };
        if (name != "Itop:PasswordFile")
            environment["GROUPTICKETING__Itop__Password"] = "x";
        if (value is not null)
            environment[$"GROUPTICKETING__{name.Replace(":", "__")}"] = value;

        var (exit, said) = await Check("{}", environment, "gateway,intake,routing,itop,notification,portal");

        (exit, said.Trim().Split('\n').ShouldHaveSingleItem()).ShouldSatisfyAllConditions(
            one => one.Item1.ShouldBe(1),
            one => one.Item2.ShouldStartWith($"error: setting {name}: ")
        );
    }

    [Fact]
    public async Task All_of_it_is_said_at_once_beside_what_else_is_wrong()
    {
        var (exit, said) = await Check(
            """{"Outside":{"Htp":true},"Proxies":null,"Bus":"amqp://x","IncomingMiB":5,"Clock":{"Offset":"soon"}}""",
            new()
            {
                ["GROUPTICKETING__STORE"] = "mongodb://geheim",
                ["GROUPTICKETING__ITPO__URL"] = "http://x",
                ["GROUPTICKETING__NOTHING"] = "x",
            },
            "intake"
        );

        exit.ShouldBe(1);
        var lines = said.Trim().Split('\n');
        foreach (
            var told in (string[])
                [
                    "Outside:Htp is unknown",
                    "Proxies is null",
                    "Bus is a section",
                    "Clock:Offset is of the wrong kind",
                    "STORE is a section",
                    "ITPO is unknown: did you mean 'Itop'?",
                    "NOTHING is unknown: known: Data,",
                ]
        )
            lines
                .Count(line => line.StartsWith($"error: the setting {told}", StringComparison.OrdinalIgnoreCase))
                .ShouldBe(1, told);
        lines.ShouldContain("error: setting IncomingMiB: 5 is not between 64 and 65536; leave it out for 256");
        said.ShouldNotContain("setting Bus:Url", Case.Sensitive, "it follows from what is wrong with Bus");
        said.ShouldNotContain("geheim");
    }

    [Theory]
    [InlineData("""{"Data":null,"IncomingMiB":5,"BadKeysPerMinute":0,"Urls":"ftp://x"}""", "Data is null")]
    [InlineData("""{"Directory":null,"IncomingMiB":5,"BadKeysPerMinute":0,"Urls":"ftp://x"}""", "Directory is null")]
    public async Task A_folder_that_is_not_named_explains_what_is_wrong_in_it_and_nothing_else(string file, string first)
    {
        var (exit, said) = await Check(file, none, "gateway", directory: first.StartsWith("Data") ? "nowhere" : null);

        exit.ShouldBe(1);
        string[] missing = first.StartsWith("Data") ? ["error: nowhere: the folder"] : [];
        string[] told =
        [
            $"error: the setting {first}",
            .. missing,
            "error: setting Urls: ftp://x",
            "error: setting BadKeysPerMinute: 0",
            "error: setting IncomingMiB: 5",
        ];
        var lines = said.Trim().Split('\n').Where(line => !line.Contains("setting PublicUrl")).ToList();
        lines.Count.ShouldBe(told.Length, said);
        lines.Zip(told).ShouldAllBe(one => one.First.StartsWith(one.Second));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_explains_nothing_of_the_environment()
    {
        var (exit, said) = await Check("[", new() { ["GROUPTICKETING__IncomingMiB"] = "5" }, "gateway", directory: null);

        exit.ShouldBe(1);
        said.Trim().Split('\n').Length.ShouldBe(2, said);
        said.ShouldContain("error: appsettings.json is not JSON");
        said.ShouldContain("error: setting IncomingMiB: 5");
    }

    [Fact]
    public async Task What_others_read_there_is_theirs()
    {
        var (exit, said) = await Check(
            """
            {
              // Beside ours.
              "Logging": { "LogLevel": { "Default": "Warning" }, "Console": null },
              "Kestrel": { "Limits": {}, "Endpoints": [] },
              "AllowedHosts": "*", "OTEL_SERVICE_NAME": null, "Serilog": [1, 2], "$schema": "x",
              "Outside": {}, "IncomingMiB": 64,
            }
            """,
            new() { ["OTEL_SERVICE_NAME"] = "x", ["GROUPTICKETING_PORT"] = "tcp://10.0.0.1:80", ["Logging__A"] = "x" }
        );

        (exit, said.Contains("no error")).ShouldBe((0, true), said);
    }

    [Fact]
    public async Task No_other_command_goes_by_them_either()
    {
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), """{"Dat":"elsewhere"}""");

        var (exit, said) = await CommandLine.Run(none, ["keys", "list"], folder);

        (exit, said.Trim()).ShouldBe((1, "error: the setting Dat is unknown: did you mean 'Data'?"));
    }

    Task<(int Exit, string Said)> Check(string file, Dictionary<string, string> environment, string services = "gateway") =>
        Check(file, environment, services, Demo.Folder);

    Task<(int Exit, string Said)> Check(string file, Dictionary<string, string> environment, string services, string? directory)
    {
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), file);
        string[] named = directory is null ? [] : ["--directory", directory];
        return CommandLine.Run(environment, ["check", "--services", services, "--insecure-demo", .. named], folder);
    }
}
