using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Services.Tests;

/// <summary>The public edge with the intake elsewhere.</summary>
public class GatewayTests
{
    static readonly byte[] opened = GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}""");

    [Fact]
    public async Task A_signed_post_reaches_the_intake_and_its_answer_comes_back()
    {
        await using var intake = await Door.Open(["intake"]);
        await using var edge = await Edge(intake.Http.BaseAddress!);

        var answer = await edge.Post(opened);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        answer.Headers.Location!.ToString().ShouldStartWith("/v1/tickets/");
        (await edge.Post(opened, signed: false)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_path_the_query_and_the_host_are_kept()
    {
        var seen = new TaskCompletionSource<string>();
        await using var elsewhere = await Listen(context =>
            seen.TrySetResult($"{context.Request.Host} {context.Request.Path}{context.Request.QueryString}")
        );
        await using var edge = await Edge(new Uri(elsewhere.Urls.First()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/schools/toulouse/events?a=%C3%A9")
        {
            Content = new ByteArrayContent(opened),
        };
        request.Headers.Host = "tickets.groupe.example";

        await edge.Http.SendAsync(request);

        (await seen.Task.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe(
            "tickets.groupe.example /v1/schools/toulouse/events?a=%C3%A9"
        );
    }

    [Fact]
    public async Task A_dead_service_is_a_problem_that_says_to_send_it_again()
    {
        await using var edge = await Edge(Ports.FreeAddress());

        var answer = await edge.Post(opened);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        ((int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]!).ShouldBe((int)answer.StatusCode);
    }

    [Fact]
    public async Task A_post_of_36_MiB_passes_and_a_bigger_one_hears_what_the_intake_says_of_it()
    {
        await using var intake = await Door.Open(["intake"]);
        await using var edge = await Edge(intake.Http.BaseAddress!);
        var key = await intake.Key("toulouse");

        (await Send(36 * 1024 * 1024)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "it is read: blanks are no event");
        var big = await Send(36 * 1024 * 1024 + 1);

        big.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await big.Content.ReadAsStringAsync()).ShouldContain("too-big");

        async Task<HttpResponseMessage> Send(int size)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/schools/toulouse/events")
            {
                Content = new ByteArrayContent([.. Enumerable.Repeat((byte)' ', size)]),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            return await edge.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task What_is_not_for_the_public_is_not_passed_on()
    {
        var asked = 0;
        await using var elsewhere = await Listen(_ => asked++);
        await using var edge = await Edge(new Uri(elsewhere.Urls.First()));

        foreach (var path in new[] { "/v1/pending", "/metrics", "/v1/schools/toulouse/files/x/y", "/v1/triage", "/v1/waiting" })
            (await edge.Get(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await edge.Get("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK, "its own");

        asked.ShouldBe(0);
    }

    static Task<Door> Edge(Uri intake) =>
        Door.Open(["gateway"], set: settings => settings with { Services = new() { ["intake"] = intake } });

    static async Task<WebApplication> Listen(Action<HttpContext> see)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context =>
        {
            see(context);
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return app;
    }
}
