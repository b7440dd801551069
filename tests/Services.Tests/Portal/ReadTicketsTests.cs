using System.Net;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Portal.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>What people may read, and whose.</summary>
public class ReadTicketsTests : IAsyncLifetime
{
    static readonly Guid ticket = TicketIds.OfSchool("toulouse", "4512");

    Door door = null!;

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["portal"]);
        await Hear(
            new TicketOpened(
                new Heading(ticket, "toulouse", Demo.Now, null, 0, 1),
                new Handover(new SchoolTicket("4512", "4512"), "Titre", "CANARI", new Placement())
            )
        );
        await Hear(
            new GroupTicketOpened(
                new Heading(ticket, "toulouse", Demo.Now, null, 0, 1),
                "R-000123",
                "https://itop.example/",
                "123"
            )
        );
    }

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task A_school_reads_its_ticket_with_its_timeline_and_no_text_of_it()
    {
        var text = await (await door.Get($"/v1/tickets/{ticket:N}", await door.Key("toulouse"))).Content.ReadAsStringAsync();
        var read = JsonNode.Parse(text)!;

        ((string)read["ticket"]!["reference"]!).ShouldBe("R-000123");
        read["timeline"]!.AsArray().Select(step => (string)step!["what"]!).ShouldBe(["TicketOpened", "GroupTicketOpened"]);
        text.ShouldNotContain("CANARI");
    }

    [Fact]
    public async Task Another_school_s_ticket_is_byte_for_byte_no_ticket()
    {
        var key = await door.Key("lyon");
        var others = await door.Get($"/v1/tickets/{ticket:N}", key);
        var none = await door.Get($"/v1/tickets/{TicketIds.OfSchool("lyon", "1"):N}", key);

        others.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        WithoutTrace(await others.Content.ReadAsStringAsync()).ShouldBe(WithoutTrace(await none.Content.ReadAsStringAsync()));
        (await (await door.Get("/v1/tickets?school=toulouse", key)).Content.ReadAsStringAsync()).ShouldNotContain("4512");
    }

    [Fact]
    public async Task A_list_goes_on_among_tickets_of_one_moment_and_ends()
    {
        foreach (var n in Enumerable.Range(1, 10))
            await Hear(
                new TicketOpened(
                    new Heading(TicketIds.OfSchool("toulouse", $"{n}"), "toulouse", Demo.Now, null, 0, 1),
                    new Handover(new SchoolTicket($"{n}", $"{n}"), "Titre", "d", new Placement())
                )
            );
        var key = await door.Key("toulouse");
        var (seen, before) = (new List<string>(), "");
        for (var page = 0; page < 10; page++)
        {
            var read = JsonNode.Parse(await (await door.Get($"/v1/tickets?limit=3{before}", key)).Content.ReadAsStringAsync())!;
            seen.AddRange(read["tickets"]!.AsArray().Select(ticket => (string)ticket!["number"]!));
            if (read["before"] is not { } next)
                break;
            before = $"&before={Uri.EscapeDataString((string)next!)}";
        }

        seen.Order().ShouldBe(Enumerable.Range(1, 10).Select(n => $"{n}").Append("4512").Order());
        var wrong = await door.Get("/v1/tickets?before=yesterday", key);
        (wrong.StatusCode, (string)JsonNode.Parse(await wrong.Content.ReadAsStringAsync())!["type"]!).ShouldBe(
            (HttpStatusCode.BadRequest, "urn:groupticketing:problem:bad-cursor")
        );
    }

    [Theory]
    [InlineData("/v1/pending")]
    [InlineData("/v1/tickets")]
    public async Task Without_a_key_nothing_is_read(string address) =>
        (await door.Get(address)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task What_is_pending_is_for_operators()
    {
        (await door.Get("/v1/pending", await door.Key("toulouse"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await door.Get("/v1/pending", await door.Key("operator"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fact_that_was_overtaken_on_the_bus_is_shown_all_the_same()
    {
        var overtaken = TicketIds.OfSchool("toulouse", "4513");
        Heading At(long number) => new(overtaken, "toulouse", Demo.Now, null, 0, number);
        await Hear(new TicketAssigned(At(2), "Support Scénari", null));
        await Hear(new GroupTicketOpened(At(1), "R-000124", "https://itop.example/", "124"));

        var shown = (
            await door.Services.GetRequiredService<Documents<TicketView>>().Read(overtaken.ToString("N"), default)
        )!.State;
        (shown.Reference, shown.Team).ShouldBe(("R-000124", "Support Scénari"));
    }

    [Fact]
    public void Hops_are_the_time_since_the_step_before()
    {
        TimelineStep Step(string what, int ms) => new(what, "x", Demo.Now, Demo.Now.AddMilliseconds(ms), null);
        Hops.From([Step("b", 40), Step("a", 0), Step("c", 100)])
            .Select(hop => (hop.What, hop.Ms))
            .ShouldBe([("a", 0L), ("b", 40L), ("c", 60L)]);
    }

    Task Hear(Fact fact) =>
        door.Services.GetServices<IDocuments>().Single(documents => documents.Name == "portal").Hear(fact, default);

    static string WithoutTrace(string problem)
    {
        var read = JsonNode.Parse(problem)!.AsObject();
        read.Remove("traceId");
        return read.ToJsonString();
    }
}
