using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>A school's tool read over real HTTP: one bad ticket, event or member stops only itself, is named, and the
/// school is read as often as its file says.</summary>
public sealed class ReadSchoolsTests : IAsyncLifetime
{
    const string Opened = """{"title":"t","description":"d"}""";

    static readonly TimeSpan every = TimeSpan.FromMinutes(15);

    // Real times: what is second to what is measured by them.
    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    SchoolTool tool = null!;
    Door product = null!;

    public async ValueTask InitializeAsync()
    {
        tool = await SchoolTool.Start();
        product = await tool.Reader(every, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await product.DisposeAsync();
        await tool.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"id":"f","name":"a.txt","name":"b.txt","content":"QUJD"}""", "/data")]
    [InlineData("""{"id":"f","name":"a.txt","content":"***"}""", "/data/content")]
    [InlineData("""{"id":"f","name":"a.txt","content":"QUJD","Visibility":"private"}""", "/data/visibility")]
    [InlineData("""{"id":7,"name":"a.txt","content":"QUJD"}""", "/data/id")]
    [InlineData("null", "/data")]
    public async Task One_bad_event_is_named_and_the_others_of_its_ticket_are_taken(string data, string pointer)
    {
        tool.Show(
            "rd",
            Event("rd", "ticket.opened", Opened, "o"),
            Event("rd", "ticket.attached", data, "f"),
            Event("rd", "ticket.commented", """{"id":"c","text":"x"}""", "c")
        );
        tool.Show("ok", Event("ok", "ticket.opened", Opened, "o"));

        await ReadTwice();

        (await Taken("rd")).ShouldBe(["TicketOpened", "SchoolCommented"]);
        (await Taken("ok")).ShouldBe(["TicketOpened"]);
        (await Named()).ShouldContain(
            what =>
                what.StartsWith("rd /events/1")
                && (pointer == "/data" || what.EndsWith(pointer, StringComparison.OrdinalIgnoreCase)),
            pointer
        );
    }

    [Theory]
    [InlineData("\"visibility\":\"private\"", false)]
    [InlineData("\"visibility\":\"internal\"", false)]
    [InlineData("\"visibility\":null", false)]
    [InlineData("\"Visibility\":\"private\"", false)]
    [InlineData("\"visibility\":\"private\"", true)]
    public async Task Of_a_ticket_that_is_private_as_a_whole_nothing_is_taken_and_it_is_named(string member, bool before)
    {
        var opened = $$"""{"title":"t","description":"d",{{member}}}""";
        var heard = Event("pr", "ticket.commented", """{"id":"b","text":"public"}""", "b");
        if (before)
        {
            tool.Show("pr", Event("pr", "ticket.opened", Opened, "o"), heard);
            await ReadTwice();
            clock.Advance(every);
        }
        tool.Show(
            "pr",
            Event("pr", "ticket.opened", opened, "o"),
            heard,
            Event("pr", "ticket.attached", """{"id":"f","name":"a.txt","content":"QUJD"}""", "f"),
            Event("pr", "ticket.commented", """{"id":"c","text":"CANARI"}""", "c")
        );
        tool.Show("ok", Event("ok", "ticket.opened", Opened, "o"));

        await ReadTwice();

        (await Taken("pr")).ShouldBe(before ? ["TicketOpened", "SchoolCommented"] : []);
        (await Taken("ok")).ShouldBe(["TicketOpened"]);
        (await Named()).ShouldContain(what => what.StartsWith("pr /events/0/data/visibility"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"x\"")]
    [InlineData("{}")]
    [InlineData("[]")]
    public async Task What_is_no_event_at_all_is_named(string item)
    {
        tool.Show("rd", item, Event("rd", "ticket.opened", Opened, "o"));

        await ReadTwice();

        (await Taken("rd")).ShouldBe(["TicketOpened"]);
        (await Named()).ShouldContain(what => what.StartsWith("rd /events/0"));
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, "[]")]
    [InlineData(200, "null")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"events":{}}""")]
    [InlineData(500, "")]
    public async Task One_bad_ticket_is_named_the_others_are_read_and_every_is_kept(int status, string body)
    {
        tool.Tickets["bad"] = (status, body);
        tool.Show("ok", Event("ok", "ticket.opened", Opened, "o"));

        await ReadTwice();
        tool.Asked.Clear();
        for (var turn = 0; turn < 10; turn++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Turn();
        }

        (await Taken("ok")).ShouldBe(["TicketOpened"]);
        (await Named()).ShouldContain("bad");
        tool.Asked.ShouldBeEmpty("it is not time yet");
        clock.Advance(every);
        await Turn();
        tool.Asked.ShouldBe(["list", "bad", "ok"], ignoreOrder: true);
        var side = JsonNode.Parse(
            await (await product.Get("/v1/reconcile", await product.Key("operator"))).Content.ReadAsStringAsync()
        )!["sides"]![0]!;
        ((string)side["fault"]!).ShouldBe("tickets that could not be read: bad");
    }

    [Fact]
    public async Task What_the_list_holds_that_is_no_ticket_is_named()
    {
        tool.Show("ok", Event("ok", "ticket.opened", Opened, "o"));
        tool.List = """{"tickets":[null,"ok",{"id":"7"},"",["x"]]}""";

        await ReadTwice();

        (await Taken("ok")).ShouldBe(["TicketOpened"]);
        (await Named()).ShouldBe(["/tickets/0", "/tickets/2", "/tickets/3", "/tickets/4"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_tool_that_does_not_answer_is_asked_again_after_a_minute_and_from_where_it_stood()
    {
        tool.List = "{}";
        await Turn();
        for (var turn = 0; turn < 11; turn++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Turn();
        }
        tool.Asked.Count.ShouldBe(1);

        tool.List = null;
        tool.Show("ok", Event("ok", "ticket.opened", Opened, "o"));
        clock.Advance(TimeSpan.FromSeconds(5));
        await ReadTwice();
        (await Taken("ok")).ShouldBe(["TicketOpened"]);
    }

    [Fact]
    public async Task What_was_asked_of_a_tool_that_does_not_answer_is_read_when_it_does()
    {
        await ReadTwice();
        tool.Show("ok", Event("ok", "ticket.opened", Opened, "o"));
        tool.List = "{}";
        await Reconciliation.Ask("school:toulouse", null, default);
        for (var turn = 0; turn < 3; turn++)
            await Turn();
        tool.List = null;
        clock.Advance(TimeSpan.FromMinutes(1));

        await ReadTwice();

        (await Taken("ok")).ShouldBe(["TicketOpened"]);
        (await Reconciliation.Asked("school:toulouse", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ticket_that_was_asked_for_and_cannot_be_read_is_named_and_read_with_the_next_reading_of_all()
    {
        tool.Show("ok", Event("ok", "ticket.opened", Opened, "o"));
        await ReadTwice();
        tool.Tickets["ok"] = (500, "");
        await Reconciliation.Ask("school:toulouse", TicketIds.OfSchool("toulouse", "ok").ToString("N"), default);

        await Turn();

        (await Named()).ShouldBe(["ok"]);
        tool.List = """{"tickets":[]}""";
        tool.Show(
            "ok",
            Event("ok", "ticket.opened", Opened, "o"),
            Event("ok", "ticket.commented", """{"id":"c","text":"x"}""", "c")
        );
        clock.Advance(every);
        await ReadTwice();
        (await Taken("ok")).ShouldBe(["TicketOpened", "SchoolCommented"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Tickets_asked_of_a_tool_that_does_not_answer_stay_asked_and_it_is_not_asked_at_each_turn(int count)
    {
        string[] asked = [.. Enumerable.Range(1, count).Select(one => $"t{one}")];
        foreach (var one in asked)
            tool.Show(one, Event(one, "ticket.opened", Opened, "o"));
        await ReadTwice();
        tool.List = "{}";
        foreach (var one in asked)
        {
            tool.Tickets[one] = (500, "");
            await Reconciliation.Ask("school:toulouse", TicketIds.OfSchool("toulouse", one).ToString("N"), default);
        }

        await Turn();
        tool.Asked.Clear();
        await Turn();

        (await Reconciliation.Asked("school:toulouse", default)).Count.ShouldBe(count);
        tool.Asked.ShouldBeEmpty("not at each turn");
        tool.List = null;
        foreach (var one in asked)
            tool.Show(one, Event(one, "ticket.opened", Opened, "o"));
        clock.Advance(TimeSpan.FromMinutes(1));
        await Turn();
        (await Reconciliation.Asked("school:toulouse", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_asked_for_of_which_what_is_kept_cannot_be_read_is_named_and_the_others_are_read()
    {
        foreach (var one in (string[])["a", "z"])
            tool.Show(one, Event(one, "ticket.opened", Opened, "o"));
        await ReadTwice();
        var store = product.Services.GetRequiredService<IStore>();
        var bad = TicketIds.OfSchool("toulouse", "a").ToString("N");
        var stored = (await store.Load($"intake/{bad}", default))!;
        var broken = stored with { Version = stored.Version + 1, Body = "{\"state\":7}"u8.ToArray() };
        (await store.Save(broken, [], default)).ShouldBeTrue();
        tool.Show(
            "z",
            Event("z", "ticket.opened", Opened, "o"),
            Event("z", "ticket.commented", """{"id":"c","text":"x"}""", "c")
        );
        foreach (var one in (string[])["a", "z"])
            await Reconciliation.Ask("school:toulouse", TicketIds.OfSchool("toulouse", one).ToString("N"), default);

        await ReadTwice();
        clock.Advance(TimeSpan.FromMinutes(1));
        await Turn();

        (await Taken("z")).ShouldBe(["TicketOpened", "SchoolCommented"]);
        (await Named()).ShouldContain(bad);
        (await Reconciliation.Asked("school:toulouse", default)).ShouldHaveSingleItem().Ticket.ShouldBe(bad, "once it is mended");
    }

    Reconciliation Reconciliation => product.Services.GetRequiredService<Reconciliation>();

    [Fact]
    public async Task Where_three_in_a_row_say_nothing_and_then_the_list_neither_the_turn_ends()
    {
        foreach (var ticket in Enumerable.Range(1, 9))
            tool.Tickets[$"{ticket}"] = (503, "");
        tool.Lists = 1;

        await Turn();

        tool.Asked.Count.ShouldBe(5, "the list, three, and the list");
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(500, "")]
    public async Task Three_bad_tickets_in_a_row_keep_no_later_one_from_being_taken(int status, string body)
    {
        foreach (var ticket in new[] { "a1", "a2", "a3" })
            tool.Tickets[ticket] = (status, body);
        tool.Show("ok", Event("ok", "ticket.opened", Opened, "o"));

        await ReadTwice();

        (await Taken("ok")).ShouldBe(["TicketOpened"]);
        (await Named()).ShouldBe(["a1", "a2", "a3"], ignoreOrder: true);
    }

    [Fact]
    public async Task Half_a_character_in_one_event_is_that_event_s_alone()
    {
        var half = Event("rd", "ticket.commented", """{"id":"c","text":"x\ud83d"}""", "c");
        tool.Show("rd", Event("rd", "ticket.opened", Opened, "o"), half);

        await ReadTwice();

        (await Taken("rd")).ShouldBe(["TicketOpened"]);
        (await Named()).ShouldBe(["rd /events/1/data/text"]);
    }

    [Fact]
    public async Task An_event_of_another_ticket_is_none_of_this_one()
    {
        tool.Show("rd", Event("rd", "ticket.opened", Opened, "o"), Event("other", "ticket.opened", Opened, "p"));

        await ReadTwice();

        (await Taken("other")).ShouldBeEmpty();
        (await Named()).ShouldBe(["rd /events/1/subject"]);
    }

    [Theory]
    [InlineData("""{"title":null,"description":"d"}""")]
    [InlineData("""{"title":" ","description":"d"}""")]
    [InlineData("""{"description":"d"}""")]
    public async Task A_ticket_without_a_title_opens_with_a_sentence_in_its_place(string data)
    {
        tool.Show("rd", Event("rd", "ticket.opened", data, "o"));

        await ReadTwice();

        var stored = (
            await product.Services.GetRequiredService<IStore>().Load($"intake/{TicketIds.OfSchool("toulouse", "rd"):N}", default)
        )!;
        var said = JsonNode.Parse(stored.Body)!["streams"]!["intake-routing"]!["messages"]![0]!["body"]!;
        ((string)said["handover"]!["title"]!).ShouldBe("(Demande sans objet)");
    }

    // What differs at a first look is taken at a second one, half a minute later.
    async Task ReadTwice()
    {
        await Turn();
        clock.Advance(TimeSpan.FromSeconds(31));
        await Turn();
    }

    Task Turn() =>
        product
            .Services.GetRequiredService<ReadSchools>()
            .Turn(product.Services.GetRequiredService<IReadOnlyList<School>>()[0], default);

    async Task<IReadOnlyList<string>> Named() =>
        [
            .. (await product.Services.GetRequiredService<Findings>().All(default))
                .Where(one => one is { Code: "unread-item", Side: "school:toulouse" })
                .Select(one => one.What),
        ];

    async Task<IReadOnlyList<string>> Taken(string ticket)
    {
        var stored = await product
            .Services.GetRequiredService<IStore>()
            .Load($"intake/{TicketIds.OfSchool("toulouse", ticket):N}", default);
        return stored is null
            ? []
            :
            [
                .. JsonNode.Parse(stored.Body)!["streams"]!["intake-routing"]!["messages"]!
                    .AsArray()
                    .Select(said => ((string)said!["type"]!).Split('.')[^1]),
            ];
    }

    static string Event(string ticket, string type, string data, string id) =>
        Encoding.UTF8.GetString(GenericTests.Event(type, data, ticket, $"{ticket}-{id}"));
}
