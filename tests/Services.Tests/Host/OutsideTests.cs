using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Host;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;
using static GroupTicketing.Services.Tests.CommandLine;

namespace GroupTicketing.Services.Tests;

/// <summary>The settings of schools' addresses, who says which are refused, and what a call of a refused one leaves
/// behind.</summary>
public sealed class OutsideTests
{
    [Theory]
    [InlineData("none", 0)]
    [InlineData("", 0)]
    [InlineData("10.12.0.0/16", 1)]
    [InlineData("10.0.0.7, fd00::/8 ,127.0.0.1", 3)]
    public void Addresses_and_networks_are_allpending(string allow, int networks)
    {
        var errors = new List<string>();

        new OutsideSettings { Allow = allow }.Read(null, errors).Allow.Count.ShouldBe(networks);
        errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rt.example", null, "setting Outside:Allow: rt.example is neither")]
    [InlineData("10.0.0.0/33", null, "setting Outside:Allow: 10.0.0.0/33 is neither")]
    [InlineData("10", null, "setting Outside:Allow: 10 is neither")]
    [InlineData("none", "socks5://proxy:1080", "setting Outside:Proxy: ")]
    [InlineData("none", "http://user:word@proxy:3128", "setting Outside:Proxy: ")]
    public void What_is_neither_is_an_error_and_never_repeats_a_login(string allow, string? proxy, string error)
    {
        var errors = new List<string>();

        new OutsideSettings { Allow = allow, Proxy = proxy is null ? null : new Uri(proxy) }.Read(null, errors);

        errors.ShouldHaveSingleItem().ShouldStartWith(error);
        errors.ShouldAllBe(said => !said.Contains("word"));
    }

    [Fact]
    public async Task Check_says_which_school_s_address_would_be_refused_and_what_would_be_called_anyway()
    {
        var data = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        var itop = new Dictionary<string, string>
        {
            ["GROUPTICKETING__Itop__Url"] = "http://127.0.0.1:1/",
            ["GROUPTICKETING__Itop__User"] = "x",
            ["GROUPTICKETING__Itop__Password"] = "x",
        };
        string[] check = ["check", "--insecure-demo", "--directory", Demo.Folder, "--data", data];

        var (exit, said) = await Run(itop, check);

        exit.ShouldBe(1);
        foreach (
            var (school, key) in (IEnumerable<(string, string)>)
                [("lyon", "callback"), ("toulouse", "callback"), ("toulouse", "read")]
        )
            said.ShouldMatch($@"error: \S+schools/{school}\.yaml: {key}: http://127\.0\.0\.1 is not https");
        said.ShouldNotContain("Itop", Case.Sensitive, "the operator's address is nobody's to refuse");
        (await Run(new Dictionary<string, string>(itop) { ["GROUPTICKETING__Outside__Http"] = "true" }, check)).Said.ShouldMatch(
            @"error: \S+lyon\.yaml: callback: 127\.0\.0\.1 lies inside: correct the school's file, or name its network in the setting Outside:Allow"
        );
        (await Run(Allowed(itop), check)).Exit.ShouldBe(0);
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Check_looks_names_up()
    {
        var folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "schools"));
        foreach (var file in new[] { "catalogue.yaml", "calendar.yaml", "schools/toulouse.yaml" })
            File.Copy(Path.Combine(Demo.Folder, file), Path.Combine(folder, file));
        var school = Path.Combine(folder, "schools", "toulouse.yaml");
        var toulouse = File.ReadAllText(school)
            .Replace("http://127.0.0.1:5082/callbacks", "https://localhost/callbacks")
            .Replace("http://127.0.0.1:5082/read", "https://rt.invalid/read");
        File.WriteAllText(school, toulouse);
        var apart = new Dictionary<string, string>
        {
            ["GROUPTICKETING__Bus__Url"] = "amqp://127.0.0.1:9/x",
            ["GROUPTICKETING__Bus__User"] = "x",
            ["GROUPTICKETING__Bus__Password"] = "x",
            ["GROUPTICKETING__Store__Url"] = "mongodb://127.0.0.1:9/x",
            ["GROUPTICKETING__Store__User"] = "x",
            ["GROUPTICKETING__Store__Password"] = "x",
        };

        var (exit, said) = await Run(
            apart,
            ["check", "--services", "notification,intake", "--insecure-demo", "--directory", folder]
        );

        exit.ShouldBe(1, said);
        said.ShouldMatch(@"error: \S+toulouse\.yaml: callback: localhost is (127\.0\.0\.1|::1), which lies inside");
        said.ShouldMatch(@"warning: \S+toulouse\.yaml: read: rt\.invalid cannot be looked up from here now");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_refused_address_is_not_called_and_the_operator_reads_why()
    {
        await using var tool = await SchoolTool.Start();
        await using var door = await Door.Open(
            ["intake", "routing", "notification", "portal"],
            builder => builder.Services.AddSingleton(tool.Schools),
            settings => settings with { Outside = new OutsideSettings { Http = true } });
        var key = await door.Key("operator");
        await door.Want(TicketIds.OfSchool("toulouse", "4512"), SchoolNews.Referenced, 1);

        var pending = await Door.Until(
            async () =>
                JsonNode.Parse(await (await door.Get("/v1/pending", key)).Content.ReadAsStringAsync())!["pending"]!
                    .AsArray()
                    .FirstOrDefault(one => one!["lastError"] is not null),
            "the call was refused"
        );

        ((string)pending["cause"]!).ShouldBe("address");
        ((string)pending["lastError"]!).ShouldBe(
            "127.0.0.1 lies inside: correct the school's file, or name its network in the setting Outside:Allow if the "
            + "tool really is there"
        );
        tool.Heard.ShouldBeEmpty();
    }

    static Dictionary<string, string> Allowed(Dictionary<string, string> settings) =>
        new(settings.Concat(Demo.Outside.Select(one => KeyValuePair.Create(one.Name, one.Value))));
}
