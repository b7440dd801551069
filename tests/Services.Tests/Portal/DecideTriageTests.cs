using System.Net;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Portal.Core;
using GroupTicketing.Routing.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>The C2IP places what waits, over real HTTP, and Routing acts on it.</summary>
public class DecideTriageTests : IAsyncLifetime
{
    static readonly string ticket = TicketIds.OfSchool("toulouse", "4512").ToString("N");
    static readonly string address = $"/v1/triage/{ticket}";

    Door door = null!;
    string key = "";

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["routing", "portal"]);
        key = await door.Key("operator");
        await door.Hear(
            "routing",
            new TicketOpened(
                new Heading(Guid.ParseExact(ticket, "N"), "toulouse", Demo.Now, null, 0, 1),
                new Handover(new SchoolTicket("4512", "4512"), "t", "d", new Placement("?"))
            )
        );
        await Shown("held");
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task What_waits_is_listed_with_the_names_that_may_be_chosen()
    {
        var listed = JsonNode.Parse(await (await door.Get("/v1/triage", key)).Content.ReadAsStringAsync())!;

        ((string)listed["waiting"]![0]!["ticket"]!).ShouldBe(ticket);
        listed["choices"]!.AsArray().Select(choice => (string)choice!["name"]!).ShouldBe(["Scénari", "OpenMoodle"]);
        (await door.Get("/v1/triage")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await door.Get("/v1/triage", await door.Key("toulouse"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_place_sends_it_to_the_group_and_a_second_decision_finds_nothing_waiting()
    {
        var answer = await door.Send(
            address,
            """{"brique":"Moodle","service":"Cours","sousService":"Cours inaccessible"}""",
            key
        );

        (answer.StatusCode, answer.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.Accepted, $"/v1/tickets/{ticket}"));
        (await Shown("open")).Brique.ShouldBe("OpenMoodle");
        await Refused("""{"refusal":"non"}""", HttpStatusCode.NotFound, "not-waiting");
        (await Link()).Stage.ShouldBe(Stage.Open);
    }

    [Fact]
    public async Task The_same_decision_many_times_at_once_has_one_effect()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => door.Send(address, """{"brique":"Scénari"}""", key)));
        await Shown("open");
        await Door.Until(
            async () =>
                (await door.Services.GetRequiredService<IStore>().AllPending(null, 10, default)).Any(pending =>
                    pending.Lane == "portal-routing"
                )
                    ? null
                    : "sent",
            "every decision reached Routing"
        );

        (await Link()).Generation.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_told_in_its_own_words()
    {
        var answer = await door.Send(address, """{"refusal":"Adressez-vous à votre bibliothèque.","by":"Ariel"}""", key);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await Shown("refused")).Timeline.Single(step => step.What == "TriageDecided").Detail.ShouldBe("Ariel");
    }

    [Fact]
    public async Task A_form_that_sends_an_empty_refusal_with_a_place_places()
    {
        (await door.Send(address, """{"brique":"Scénari","refusal":""}""", key)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await Shown(view => view.Timeline.Any(step => step.What is "TicketEscalated" or "TicketRejected"))).State.ShouldBe(
            "open"
        );
    }

    [Theory]
    [InlineData("{}", "bad-choice")]
    [InlineData("""{"brique":"Scénari","refusal":"non"}""", "bad-choice")]
    [InlineData("""{"brique":" ","refusal":" "}""", "bad-choice")]
    [InlineData("""{"brique":"Nulle part"}""", "bad-choice")]
    [InlineData("{", null)]
    [InlineData("null", null)]
    [InlineData("""{"brique":3}""", null)]
    public async Task A_bad_choice_is_400_and_it_still_waits(string body, string? code)
    {
        await Refused(body, HttpStatusCode.BadRequest, code);

        (await Link()).Stage.ShouldBe(Stage.Held);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("x")]
    [InlineData("..%2Frouting%2Fx")]
    public async Task An_unknown_ticket_is_404(string other) =>
        (await door.Send($"/v1/triage/{other}", """{"brique":"Scénari"}""", key)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Only_operators_decide()
    {
        var toulouse = await door.Key("toulouse");
        foreach (
            var (wrong, status) in new[]
            {
                (null, HttpStatusCode.Unauthorized),
                ("gt_unknown", HttpStatusCode.Unauthorized),
                (toulouse, HttpStatusCode.Forbidden),
            }
        )
            (await door.Send(address, """{"brique":"Scénari"}""", wrong)).StatusCode.ShouldBe(status);

        (await Link()).Stage.ShouldBe(Stage.Held);
    }

    [Theory]
    [InlineData("fr", "Une brique du catalogue, ou un refus : l’un des deux.")]
    [InlineData("en-GB", "A brique of the catalogue, or a refusal: one of them.")]
    public async Task It_answers_in_the_caller_s_language(string language, string title) =>
        (await (await door.Send(address, "{}", key, language)).Content.ReadAsStringAsync()).ShouldContain(title);

    async Task Refused(string body, HttpStatusCode status, string? code)
    {
        var answer = await door.Send(address, body, key);
        var said = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.ShouldBe(status, said);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        if (code is not null)
            ((string)JsonNode.Parse(said)!["type"]!).ShouldBe($"urn:groupticketing:problem:{code}");
    }

    Task<TicketView> Shown(string state) => Shown(view => view.State == state);

    Task<TicketView> Shown(Func<TicketView, bool> isSo) =>
        Door.Until(
            async () =>
                (await door.Services.GetRequiredService<Documents<TicketView>>().Read(ticket, default))?.State is { } view
                && isSo(view)
                    ? view
                    : null,
            "the Portal shows it"
        );

    async Task<Link> Link() => (await door.Services.GetRequiredService<Documents<Link>>().Read(ticket, default))!.State;
}
