using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>What is really answered is what <c>contracts/openapi.yaml</c> says.</summary>
public sealed class AnswersTests : IAsyncLifetime
{
    const string Events = "POST /v1/schools/{school}/events";
    const string Act = "POST /v1/pending/{service}/{ticket}/{lane}/{act}";
    const string Decide = "POST /v1/triage/{ticket}";
    const string OneFile = "GET /v1/schools/{school}/files/{ticket}/{hash}";

    static readonly byte[] opened = GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}""");
    static readonly Guid id = TicketIds.OfSchool("toulouse", "4512");
    static readonly string ticket = id.ToString("N");

    SchoolTool tool = null!;
    Door door = null!;
    string key = "";

    public async ValueTask InitializeAsync()
    {
        tool = await SchoolTool.Start();
        tool.Goes();
        door = await Door.Open(
            ["gateway", "intake", "routing", "notification", "portal"],
            builder => builder.Services.AddSingleton(tool.Schools),
            settings => settings with { BadKeysPerMinute = 1 }
        );
        key = await door.Key("operator");
    }

    public async ValueTask DisposeAsync()
    {
        await door.DisposeAsync();
        await tool.DisposeAsync();
    }

    [Fact]
    public async Task What_the_intake_answers()
    {
        await Api.Fits(Events, await door.Post(opened));
        await Api.Fits(Events, await Refused(door.Post(GenericTests.Event("ticket.opened", "{}"), id: "msg_2"), 400));
        await Api.Fits(Events, await Refused(door.Post(opened, signed: false), 401));
        await Api.Fits(Events, await Refused(door.Post(opened, at: Demo.Now.AddYears(-1)), 401));
        await Api.Fits(Events, await Refused(door.Post(opened, key: "gt_unknown"), 401));
        await Api.Fits(Events, await Refused(door.Post(opened, school: "nowhere"), 404));
        await Api.Fits(
            Events,
            await Refused(door.Post(GenericTests.Event("ticket.opened", """{"title":"other","description":"d"}""")), 409)
        );
        var big = GenericTests.Event(
            "ticket.opened",
            $$"""{"title":"t","description":"d","comments":[{{string.Join(',', Enumerable.Range(0, 12).Select(number => $$"""{"id":"c{{number}}","at":"2026-11-24T09:05:00+01:00","text":"{{new string('x', 100_000)}}"}"""))}}]}"""
        );
        await Api.Fits(Events, await Refused(door.Post(big, id: "msg_3"), 413));
    }

    [Fact]
    public async Task What_the_intake_answers_when_its_store_fails()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("groupticketing-").FullName, "store.db");
        await using var broken = await Door.Open(["intake"], builder =>
            builder.Services.AddSingleton<IStore>(new FailingStore(new SqliteStore(file)))
        );

        await Api.Fits(Events, await Refused(broken.Post(opened), 503));
    }

    [Fact]
    public async Task What_is_answered_of_announcements()
    {
        var begun = await door.Send(
            "/v1/announcements",
            Api.Examples("POST /v1/announcements").Single().Value.ToJsonString(),
            key
        );
        await Api.Fits("POST /v1/announcements", begun);
        await Api.Fits("GET /v1/announcements", await door.Get("/v1/announcements", key));
        await Api.Fits("POST /v1/announcements", await Refused(door.Send("/v1/announcements", key: key), 400));
        const string End = "POST /v1/announcements/{id}/end";
        var id = (await Read("/v1/announcements"))["announcements"]![0]!["id"];
        await Api.Fits(End, await Refused(door.Send($"/v1/announcements/{id}/end", key: key), 400));
        await Api.Fits(End, await door.Send($"/v1/announcements/{id}/end", Api.Examples(End).Single().Value.ToJsonString(), key));
        await Api.Fits(End, await Refused(door.Send($"/v1/announcements/{id}/end", key: key), 404));
        (await Read("/v1/announcements"))["announcements"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_answered_of_links()
    {
        await Api.Fits(
            "POST /v1/links",
            await door.Send("/v1/links", Api.Examples("POST /v1/links").Single().Value.ToJsonString(), key)
        );
        await Api.Fits("POST /v1/links", await Refused(door.Send("/v1/links", key: key), 400));
    }

    [Fact]
    public async Task What_is_answered_of_tickets_and_triage()
    {
        await door.Post(opened);
        await Door.Until(
            async () => (await Read("/v1/tickets"))["tickets"]!.AsArray().FirstOrDefault(one => (string)one!["state"]! == "held"),
            "the ticket waits for the C2IP"
        );

        foreach (var address in new[] { "/v1/tickets", "/v1/tickets/{ticket}", "/v1/triage", "/v1/waiting" })
            await Api.Fits($"GET {address}", await door.Get(address.Replace("{ticket}", ticket), key));
        await Api.Fits(
            "GET /v1/tickets/{ticket}",
            await Refused(door.Get("/v1/tickets/00000000000000000000000000000000", key), 404)
        );
        (await Read("/v1/triage"))["waiting"]!.AsArray().Count.ShouldBe(1);
        await Api.Fits(Decide, await Refused(door.Send($"/v1/triage/{ticket}", key: key), 400));
        foreach (var (name, value) in Api.Examples(Decide).Take(1))
            await Api.Fits(Decide, await Taken(door.Send($"/v1/triage/{ticket}", value.ToJsonString(), key), name));
        await Door.Until(
            async () => (await Read("/v1/tickets"))["tickets"]!.AsArray().FirstOrDefault(one => (string)one!["state"]! == "open"),
            "it waits no more"
        );
        await Api.Fits(Decide, await Refused(door.Send($"/v1/triage/{ticket}", """{"refusal":"non"}""", key), 404));
    }

    [Fact]
    public async Task What_is_answered_of_what_is_pending()
    {
        await Want(SchoolNews.Referenced);
        await Door.Until(
            async () => (await Read("/v1/pending"))["pending"]!.AsArray().FirstOrDefault(call => call!["lastError"] is not null),
            "the tool refuses it"
        );

        await Api.Fits("GET /v1/pending", await door.Get("/v1/pending", key));
        (await Read("/v1/pending"))["targets"]!.AsObject().Count.ShouldBeGreaterThan(0);
        await Api.Fits(Act, await door.Send($"/v1/pending/notification/{ticket}/school/skip", key: key));
        await Api.Fits(Act, await Refused(door.Send($"/v1/pending/notification/{ticket}/nowhere/retry", key: key), 404));
    }

    [Fact]
    public async Task What_is_answered_of_reconcile()
    {
        const string Ask = "POST /v1/reconcile";
        await door
            .Services.GetRequiredService<Reconciliation>()
            .Report(new ReconcileReport("itop", Demo.Now, Demo.Now, 3, 1, null, new Dictionary<string, long>()), default);
        await door.Services.GetRequiredService<Reconciliation>().Lost("itop", ticket, "1065", Demo.Now, default);

        await Api.Fits("GET /v1/reconcile", await door.Get("/v1/reconcile", key));
        (await Read("/v1/reconcile"))["lost"]!.AsArray().ShouldHaveSingleItem()!["ticket"]!.GetValue<string>().ShouldBe(ticket);
        await Api.Fits(Ask, await door.Send("/v1/reconcile", "{}", key));
        await Api.Fits(Ask, await Refused(door.Send("/v1/reconcile", """{"school": "nowhere"}""", key), 404));
        await Api.Fits(
            Ask,
            await Refused(door.Send("/v1/reconcile", """{"ticket": "00000000000000000000000000000000"}""", key), 404)
        );
    }

    [Fact]
    public async Task What_is_answered_of_files()
    {
        var hash = await door.Services.GetRequiredService<IFiles>().Put(ticket, new byte[] { 1 }, default);
        await Want(SchoolNews.Referenced);
        var toulouse = await door.Key("toulouse");

        await Api.Fits(OneFile, await door.Get($"/v1/schools/toulouse/files/{ticket}/{hash}", toulouse));
        await Api.Fits(
            OneFile,
            await Refused(door.Get($"/v1/schools/toulouse/files/{ticket}/{new string('0', 64)}", toulouse), 404)
        );
    }

    [Fact]
    public async Task What_is_answered_without_a_key()
    {
        foreach (var address in new[] { "/healthz", "/readyz", "/openapi.json" })
            await Api.Fits($"GET {address}", await door.Get(address));
        await Api.Fits("GET /v1/tickets", await Refused(door.Get("/v1/tickets", "gt_unknown"), 401));
        await Api.Fits("GET /v1/tickets", await Refused(door.Get("/v1/tickets", "gt_unknown"), 429));
    }

    [Fact]
    public async Task What_a_gateway_answers_that_reaches_nothing()
    {
        await using var edge = await Door.Open(["gateway"], set: settings =>
            settings with
            {
                Services = new() { ["portal"] = new Uri("http://127.0.0.1:1/") },
            }
        );

        await Api.Fits("GET /v1/tickets", await Refused(edge.Get("/v1/tickets"), 502));
        await Api.Fits("GET /readyz", await Refused(edge.Get("/readyz"), 503));
    }

    async Task<JsonNode> Read(string address) =>
        JsonNode.Parse(await (await door.Get(address, key)).Content.ReadAsStringAsync())!;

    Task Want(SchoolNews news) => door.Want(id, news, 1);

    static async Task<HttpResponseMessage> Refused(Task<HttpResponseMessage> asked, int status)
    {
        var answer = await asked;
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return answer;
    }

    static async Task<HttpResponseMessage> Taken(Task<HttpResponseMessage> asked, string name)
    {
        var answer = await asked;
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, name);
        return answer;
    }
}
