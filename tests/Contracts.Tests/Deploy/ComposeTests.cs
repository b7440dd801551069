using System.Text.RegularExpressions;
using GroupTicketing.Contracts;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

public sealed partial class ComposeTests
{
    // Their images have no shell and no program that asks; the others end when their work is done.
    static readonly string[] unasked = ["otel-collector", "tempo", "operator", "demo"];

    public static TheoryData<string> Services => [.. Compose.Services.Keys];

    [Theory]
    [InlineData(".env.example")]
    [InlineData("deploy/demo/compose.env")]
    public void The_example_holds_exactly_the_variables_that_compose_reads(string file)
    {
        var read = Variable().Matches(Compose.Text).Select(match => match.Groups[1].Value).Distinct();
        var set = File.ReadLines(Tree.Path(file))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('=')[0]);

        set.ShouldBe(read, ignoreOrder: true);
    }

    [Fact]
    public void A_missing_variable_stops_compose() => Regex.Matches(Compose.Text, @"\$\{[A-Z_]+(?!:\?\})[^A-Z_]").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Services))]
    public void A_container_has_no_more_than_it_needs(string name)
    {
        var service = Compose.Services[name];

        service["read_only"].Text.ShouldBe("true");
        service["user"].Text.ShouldNotBeNull();
        service["user"].Text!.Split(':')[0].ShouldNotBeOneOf("", "0", "root");
        service["cap_drop"].Texts.ShouldBe(["ALL"]);
        service["security_opt"].Texts.ShouldBe(["no-new-privileges:true"]);
        service["mem_limit"].Text.ShouldNotBeNull();
        service["privileged"].Node.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_container_says_whether_it_is_well(string name) =>
        (Compose.Services[name]["healthcheck"]["test"].Texts.Count > 0).ShouldBe(!unasked.Contains(name));

    [Fact]
    public void Only_the_gateway_and_the_dashboards_are_published() =>
        Compose
            .Services.Where(service => service.Value["ports"].Node is not null)
            .Select(service => service.Key)
            .ShouldBe(["gateway", "grafana"], ignoreOrder: true);

    [Fact]
    public void Every_service_that_speaks_or_listens_is_run_alone_under_its_own_name()
    {
        foreach (var name in Listeners.Table.SelectMany(row => new[] { row.Speaker, row.Listener }).Distinct())
        {
            Compose.Services[name]["command"].Texts.ShouldBe(["run", "--services", name]);
            Compose.Services[name]["environment"]["GROUPTICKETING__Bus__User"].Text.ShouldBe(name);
            Compose.Said(Compose.Services[name]["secrets"]).ShouldContain($"source=rabbitmq-{name} target=bus");
        }
    }

    [Fact]
    public void The_gateway_holds_no_secret_of_the_bus_or_the_store()
    {
        var gateway = Compose.Services["gateway"];

        gateway["secrets"].Node.ShouldBeNull();
        gateway["environment"].Keys.ShouldNotContain(key => key.Contains("Bus") || key.Contains("Store"));
        gateway["environment"].Keys.ShouldContain("GROUPTICKETING__Services__intake");
    }

    [Fact]
    public void Who_calls_schools_tools_or_iTop_has_a_way_out_and_no_other_service()
    {
        var outward = Compose.Services.Where(service =>
            service.Value["command"].Texts.Contains("run") && service.Value["networks"].Texts.Contains("outside")
        );

        outward.Select(service => service.Key).ShouldBe(["gateway", "intake", "itop", "notification"], ignoreOrder: true);
    }

    [Fact]
    public void No_password_is_written_in_the_file() =>
        Regex.Matches(Compose.Text, @"(?i)passw(or)?d\w*: *(?!/run/secrets/)\S+").ShouldBeEmpty();

    [Fact]
    public void A_volume_that_is_used_is_named()
    {
        var used = Compose.Services.Values.SelectMany(service => service["volumes"].Texts).Select(volume => volume.Split(':')[0]);

        used.Where(volume => char.IsAsciiLetter(volume[0])).Distinct().ShouldBe(Compose.Named("volumes").Keys, ignoreOrder: true);
    }

    [Fact]
    public void Files_that_are_mounted_are_there()
    {
        var files = Compose
            .Services.Values.SelectMany(service => service["volumes"].Texts)
            .Select(volume => volume.Split(':')[0])
            .Where(volume => volume.StartsWith("./"))
            .ToList();

        files.Count.ShouldBeGreaterThan(8);
        files.ShouldAllBe(file => Path.Exists(Tree.Path(file)));
    }

    [Fact]
    public void The_image_is_built_without_what_only_some_builders_know()
    {
        var dockerfile = File.ReadAllText(Tree.Path("deploy/Dockerfile"));

        dockerfile.ShouldNotContain("<<");
        dockerfile.ShouldNotContain("--chmod");
        dockerfile.ShouldNotContain("--mount");
        Regex.Matches(dockerfile, "^FROM ", RegexOptions.Multiline).Count.ShouldBe(2);
        Regex.Match(dockerfile, @"^USER (\d+)", RegexOptions.Multiline).Groups[1].Value.ShouldBe("1654");
    }

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();
}
