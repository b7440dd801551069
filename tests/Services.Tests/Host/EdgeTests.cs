using System.Net;
using System.Text.Json.Nodes;
using GroupTicketing.Host;

namespace GroupTicketing.Services.Tests;

/// <summary>The settings of the edge, and when a gateway says that it is ready.</summary>
public sealed class EdgeTests
{
    static readonly Uri somewhere = new("http://127.0.0.1:1/");
    static readonly Dictionary<string, Uri> all = new()
    {
        ["intake"] = somewhere,
        ["routing"] = somewhere,
        ["notification"] = somewhere,
        ["portal"] = somewhere,
    };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/8, 2001:db8::/32 ,::1")]
    [InlineData("")]
    public void Addresses_and_networks_are_proxies(string proxies) =>
        Errors(new HostSettings { Proxies = proxies }).ShouldBeEmpty();

    [Theory]
    [InlineData("nginx")]
    [InlineData("10.0.0.0/33")]
    [InlineData("127.0.0.1;::1")]
    [InlineData("10")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0/24")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("10.0.0.0/8/8")]
    public void What_is_neither_is_an_error(string proxies) =>
        Errors(new HostSettings { Proxies = proxies }).ShouldHaveSingleItem().ShouldStartWith("setting Proxies: ");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(10_000, 0)]
    [InlineData(10_001, 1)]
    public void The_limit_on_bad_keys_has_bounds(int most, int errors) =>
        Errors(new HostSettings { BadKeysPerMinute = most }).Count.ShouldBe(errors);

    [Fact]
    public void A_service_that_is_none_and_an_address_that_is_none_are_errors() =>
        Errors(
                new HostSettings
                {
                    Services = new() { ["Intake"] = somewhere, ["portal"] = new Uri("portal:8080") },
                }
            )
            .Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)])
            .ShouldBe(["setting Services:Intake", "setting Services:portal"]);

    [Fact]
    public async Task A_gateway_alone_is_ready_when_it_knows_where_each_service_is_up_or_not()
    {
        await using var edge = await Door.Open(["gateway"], set: settings => settings with { Services = all });

        (await edge.Get("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_gateway_that_knows_no_address_of_a_service_is_not_ready_and_says_whose()
    {
        await using var edge = await Door.Open(["gateway"], set: settings =>
            settings with
            {
                Services = new() { ["intake"] = somewhere },
            }
        );
        var answer = await edge.Get("/readyz");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]!).ShouldBe(
            "no address of notification, routing, portal"
        );
        (await edge.Get("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_open_here_needs_no_address()
    {
        await using var door = await Door.Open(["gateway", "intake", "routing", "notification", "portal"]);

        (await door.Get("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    static List<string> Errors(HostSettings settings)
    {
        var errors = new List<string>();
        Edge.Check(settings, ["gateway"], errors);
        return errors;
    }
}
