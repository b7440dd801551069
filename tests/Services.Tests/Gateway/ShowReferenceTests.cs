using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GroupTicketing.Gateway;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace GroupTicketing.Services.Tests;

/// <summary>The reference and its page, of a gateway that is alone.</summary>
public sealed class ShowReferenceTests : IAsyncLifetime
{
    Door edge = null!;

    public async ValueTask InitializeAsync()
    {
        var nowhere = new Uri("http://127.0.0.1:1/");
        edge = await Door.Open(["gateway"], set: settings => settings with { Services = new()
                {
                    ["intake"] = nowhere,
                    ["routing"] = nowhere,
                    ["notification"] = nowhere,
                    ["portal"] = nowhere,
                } });
    }

    public ValueTask DisposeAsync() => edge.DisposeAsync();

    [Fact]
    public async Task The_document_is_there()
    {
        var answer = await edge.Get("/openapi.json");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        JsonNode.DeepEquals(JsonNode.Parse(await answer.Content.ReadAsStringAsync()), Api.Document).ShouldBeTrue();
    }

    [Fact]
    public async Task The_page_is_there_with_all_it_loads_and_asks_nothing_of_another_host()
    {
        (await edge.Get("/docs")).Headers.Location!.ToString().ShouldBe("docs/");
        var answer = await edge.Get("/docs/");
        var page = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var script in Regex.Matches(page, "src=\"([^\"]+)\"").Select(match => match.Groups[1].Value))
            (await edge.Get($"/docs/{script}")).StatusCode.ShouldBe(HttpStatusCode.OK, script);
        Regex.Matches(page, "https?://[^\"' )]+").Select(match => match.Value).ShouldBeEmpty();
        page.ShouldContain("\"withDefaultFonts\":false");
        page.ShouldContain("\"telemetry\":false");
        page.ShouldContain("\"agent\":{\"disabled\":true");
        page.ShouldNotContain("proxyUrl");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none';");
        policy.ShouldNotContain("http");
    }

    [Fact]
    public void What_is_documented_is_passed_on()
    {
        string[] own = ["/healthz", "/readyz", "/openapi.json"];
        foreach (
            var (method, path) in Api
                .Operations.Select(operation => (operation.Name.Split(' ')[0], operation.Name.Split(' ')[1]))
                .Where(operation => !own.Contains(operation.Item2))
        )
        {
            GatewayModule.Paths.ShouldContain(
                route =>
                    route.Methods.Contains(method)
                    && new TemplateMatcher(TemplateParser.Parse(route.Path), new RouteValueDictionary()).TryMatch(
                        path,
                        new RouteValueDictionary()
                    ),
                $"{method} {path}"
            );
        }
    }
}
