using System.Net;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>Whatever is answered, a browser is told not to guess its type, not to tell where it came from, and what it
/// may load.</summary>
public sealed class BrowserHeadersTests
{
    static readonly string[] all = ["gateway", "intake", "routing", "notification", "portal"];

    [Theory]
    [InlineData("/healthz", 200)]
    [InlineData("/", 200)]
    [InlineData("/portal.css", 200)]
    [InlineData("/docs/", 200)]
    [InlineData("/openapi.json", 200)]
    [InlineData("/v1/tickets", 401)]
    [InlineData("/v1/schools/toulouse/files/x/y", 401)]
    [InlineData("/nowhere", 404)]
    public async Task Every_answer_says_it(string address, int status)
    {
        await using var door = await Door.Open(all);

        Says(await door.Get(address), status);
    }

    [Fact]
    public async Task A_fault_says_it_too()
    {
        var data = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        var store = new FailingStore(new SqliteStore(Path.Combine(data, "store.db")));
        (store.Unreadable, store.Why) = (
            true,
            new InvalidOperationException("a fault")
        );
        await using var door = await Door.Open(["portal"], builder => builder.Services.AddSingleton<IStore>(store));

        Says(await door.Get("/v1/tickets", "gt_any"), 500);
    }

    [Fact]
    public async Task So_does_a_gateway_of_what_is_elsewhere_once()
    {
        await using var console = await Door.Open(["portal"]);
        var services = new Dictionary<string, Uri>
        {
            ["portal"] = console.Http.BaseAddress!,
            ["routing"] = new("http://127.0.0.1:1/"),
        };
        await using var edge = await Door.Open(["gateway"], set: settings =>
            settings with
            {
                BadKeysPerMinute = 1,
                Services = services,
            }
        );

        Says(await edge.Get("/"), 200).ShouldContain("style-src 'self'", Case.Sensitive, "the page's own");
        Says(await edge.Get("/v1/triage"), 502);
        Says(await edge.Get("/v1/tickets"), 401);
        Says(await edge.Get("/v1/tickets"), 429);
    }

    [Fact]
    public async Task The_pages_posts_keep_their_origin()
    {
        await using var door = await Door.Open(all);

        (await door.Get("/"))
            .Headers.GetValues("Referrer-Policy")
            .ShouldBe(["same-origin"], "with no-referrer a browser's own posts say: Origin: null");
    }

    static string Says(HttpResponseMessage answer, int status)
    {
        answer.StatusCode.ShouldBe((HttpStatusCode)status);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldStartWith("default-src 'none'; ");
        policy.ShouldContain("frame-ancestors 'none'");
        return policy;
    }
}
