using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>Words that guard privacy are exactly those of the schema, wherever they stand; at the door another one is
/// refused, and in what is read it lets nothing cross.</summary>
public sealed class PrivacyWordsTests : IAsyncLifetime
{
    static readonly SchoolSide handedOver = SchoolSide.Unheard with { HandedOver = true };

    Door door = null!;

    public async ValueTask InitializeAsync() => door = await Door.Open(["intake", "portal"]);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Theory]
    [InlineData(
        "visibility",
        "\"internal\"",
        "null",
        "\"Private\"",
        "\"PUBLIC\"",
        "\" public\"",
        "\"\"",
        "true",
        "[\"public\"]",
        "{}"
    )]
    [InlineData("by", "\"agent\"", "null", "\"Requester\"", "\"\"", "1")]
    public async Task Another_word_is_refused_by_its_pointer_and_nothing_is_kept(string name, params string[] values)
    {
        await HandOver();
        foreach (var (pointer, type, data) in values.SelectMany(value => Everywhere(name, value)))
        {
            var answer = await door.Post(GenericTests.Event(type, data), id: "msg_2");

            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, data);
            var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray();
            errors.Select(error => (string)error!["field"]!).ShouldBe([pointer], data);
        }
        (await Spoken()).Count.ShouldBe(1, "the handover alone");
    }

    [Fact]
    public async Task A_private_ticket_is_not_handed_over_and_its_sender_hears_what_to_change()
    {
        var answer = await door.Post(
            GenericTests.Event("ticket.opened", """{"title":"t","description":"CANARI","visibility":"private"}""")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)error["field"]!).ShouldBe("/data/visibility");
        error.ToJsonString(Json.Options).ShouldContain("public");
        (await door.Post(GenericTests.Event("ticket.opened", """{"title":"t","description":"d","visibility":"public"}""")))
            .StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Spoken()).Count.ShouldBe(1, "the public one");
    }

    [Theory]
    [InlineData("\"private\"")]
    [InlineData("\"internal\"")]
    [InlineData("null")]
    public void One_that_was_taken_before_it_was_refused_crosses_no_more(string visibility) =>
        Read("ticket.opened", $$"""{"title":"CANARI","description":"d","visibility":{{visibility}}}""").Says.ShouldBeEmpty();

    [Fact]
    public void Of_a_private_ticket_that_is_linked_only_its_number_crosses()
    {
        const string data = """{"number":"77","title":"CANARI","text":"CANARI","reference":"R-1","visibility":"private"}""";

        var linked = (TicketLinked)Read("ticket.linked", data).Says.ShouldHaveSingleItem();

        (linked.Title, linked.Text).ShouldBe(("77", null));
        ((TicketLinked)Read("ticket.linked", data.Replace("private", "public")).Says[0]).Title.ShouldBe("CANARI");
    }

    [Fact]
    public async Task The_field_cases_are_refused()
    {
        foreach (var value in (string[])["\"internal\"", "null"])
        {
            var body =
                """{"specversion":"1.0","id":"i5","source":"https:"""
                + """//t.example","type":"ticket.commented","subject":"5","time":"2026-11-28T10:00:00+01:00","data":"""
                + """{"id":"c1","visibility":?,"text":"note"}}""";
            body = body.Replace("?", value);
            (await door.Post(Encoding.UTF8.GetBytes(body))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, value);
        }
    }

    [Fact]
    public async Task What_was_refused_is_counted_and_listed_for_whoever_can_mend_it_without_a_word_of_it()
    {
        var bad = GenericTests.Event(
            "ticket.opened",
            """{"title":"t","description":"d","comments":[{"id":"1","at":"2026-11-24T08:00:00Z","text":"x"},"""
            + """{"id":"2","at":"2026-11-24T08:00:00Z","text":"CANARI","visibility":"SECRET"}]}"""
        );
        await door.Post(bad);
        await door.Post(bad);

        var text = await (await door.Get("/v1/reconcile", await door.Key("operator"))).Content.ReadAsStringAsync();
        var finding = JsonNode.Parse(text)!["findings"]!.AsArray().ShouldHaveSingleItem()!;

        ((string)finding["side"]!, (string)finding["code"]!, (string)finding["what"]!, (long)finding["count"]!).ShouldBe(
            ("school:toulouse", "refused-event", "/data/comments/*/visibility", 2L)
        );
        text.ShouldNotContain("CANARI");
        text.ShouldNotContain("SECRET");
    }

    [Fact]
    public async Task A_name_that_the_sender_made_up_is_not_listed()
    {
        await door.Post(
            GenericTests.Event(
                "ticket.closed",
                new JsonObject { ["dupont@lyon.example"] = new string('x', 3_000) }.ToJsonString()
            )
        );

        (await door.Services.GetRequiredService<Findings>().All(default)).ShouldHaveSingleItem().What.ShouldBe("/data/*");
    }

    [Theory]
    [InlineData("visibility", "\"internal\"")]
    [InlineData("visibility", "null")]
    [InlineData("visibility", "\"Public\"")]
    [InlineData("visibility", "3")]
    [InlineData("visibility", "{\"a\":[\"public\"]}")]
    public void What_is_read_in_the_tool_is_private_unless_it_says_public(string name, string value)
    {
        foreach (
            var (type, rest) in new[]
            {
                ("ticket.commented", """ "id":"c","text":"note" """),
                ("ticket.answered", """ "id":"c","text":"note" """),
                ("ticket.attached", """ "id":"f","name":"a","content":"AQID" """),
            }
        )
            Read(type, $$"""{ {{rest}},"{{name}}":{{value}} }""").Says.ShouldBeEmpty($"{type} {value}");
        var opened = (TicketOpened)
            Read(
                "ticket.opened",
                $$"""{"title":"t","description":"d","comments":[{"id":"1","at":"2026-11-24T08:00:00Z","text":"note","{{name}}":{{value}}}],"files":[{"name":"a","content":"AQID","{{name}}":{{value}}}]}"""
            ).Says[0];
        opened.Handover.Comments.ShouldBeEmpty();
        opened.Handover.Files.ShouldBeEmpty();
        GenericCheck
            .FindFlaws(
                Post.Bare(GenericTests.Event("ticket.commented", $$"""{"id":"c","text":"note","{{name}}":{{value}}}""")),
                isRead: true
            )
            .ShouldBeEmpty("it is read, as private");
    }

    [Theory]
    [InlineData("", Role.Support)]
    [InlineData(""","by":"support" """, Role.Support)]
    [InlineData(""","by":"requester" """, Role.Requester)]
    [InlineData(""","by":"Support" """, Role.Requester)]
    [InlineData(""","by":null""", Role.Requester)]
    [InlineData(""","by":{"support":1}""", Role.Requester)]
    public void Who_is_not_exactly_the_support_may_do_only_what_the_requester_may(string by, Role role)
    {
        ((SchoolReopened)Read("ticket.reopened", $$"""{"text":"x"{{by}}}""").Says[0]).Author.Role.ShouldBe(role);
        (
            (TicketOpened)
                Read(
                    "ticket.opened",
                    $$"""{"title":"t","description":"d","comments":[{"id":"1","at":"2026-11-24T08:00:00Z","text":"x"{{by}}}]}"""
                ).Says[0]
        )
            .Handover.Comments![0]
            .Author.Role.ShouldBe(role);
    }

    [Fact]
    public void A_private_comment_or_file_of_an_opening_stays_and_one_with_the_mark_crosses_without_it()
    {
        var opened = (TicketOpened)
            Read(
                "ticket.opened",
                """
                {"title":"t","description":"d",
                 "comments":[{"id":"1","at":"2026-11-24T08:00:00Z","text":"entre nous","visibility":"private"},
                   {"id":"2","at":"2026-11-24T08:00:00Z","text":"@groupe vu","visibility":"private"},
                             {"id":"3","at":"2026-11-24T08:00:00Z","text":"bonjour","visibility":"public"}],
                 "files":[{"name":"a","content":"AQID","visibility":"private"},{"name":"b","content":"AQID"}]}
                """
            ).Says[0];

        opened.Handover.Comments!.Select(comment => comment.Text).ShouldBe(["vu", "bonjour"]);
        opened.Handover.Files!.ShouldHaveSingleItem().Name.ShouldBe("b");
    }

    [Theory]
    [InlineData("SUBJECT", null, "/SUBJECT")]
    [InlineData("Data", null, "/Data")]
    [InlineData(null, """{"title":"t","description":"d","Visibility":"private"}""", "/data/Visibility")]
    [InlineData(null, """{"title":"t","description":"d","Content":"AQID"}""", "/data/Content")]
    [InlineData(null, """{"title":"t","description":"d","requester":{"Email":"lou@lyon.example"}}""", "/data/requester/Email")]
    [InlineData(
        null,
        """{"title":"t","description":"d","comments":[{"id":"1","at":"2026-11-24T08:00:"""
        + """00Z","text":"x","VISIBILITY":"private"}]}""",
        "/data/comments/0/VISIBILITY"
    )]
    [InlineData(
        null,
        """{"title":"t","description":"d","files":[{"name":"a","content":"AQID","Visibility":"private"}]}""",
        "/data/files/0/Visibility"
    )]
    public async Task A_member_in_another_case_is_refused_at_every_level(string? root, string? data, string pointer)
    {
        var body = JsonNode.Parse(GenericTests.Event("ticket.opened", data ?? """{"title":"t","description":"d"}"""))!;
        if (root is not null)
            body[root] = null;

        var answer = await door.Post(Encoding.UTF8.GetBytes(body.ToJsonString()));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!
            .AsArray()
            .Select(error => (string)error!["field"]!)
            .ShouldBe([pointer]);
    }

    [Fact]
    public async Task Members_that_nobody_knows_are_ignored()
    {
        var body = JsonNode.Parse(
            GenericTests.Event(
                "ticket.opened",
                """{"title":"t","description":"d","priorité":9,"requester":{"phone":"1"},"files":["""
                + """{"name":"a","content":"AQID","hash":"x"}]}"""
            )
        )!;
        (body["datacontenttype"], body["traceparent"], body["DATACONTENTTYPE"]) = ("application/json", "00-1-2-00", "x");

        (await door.Post(Encoding.UTF8.GetBytes(body.ToJsonString()))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("""{"id":"c","text":"x","visibility":"private","visibility":"public"}""")]
    [InlineData("""{"id":"c","text":"x","visibility":"public","visibility":"public"}""")]
    public async Task A_member_that_is_there_twice_is_refused(string data)
    {
        await HandOver();
        (await door.Post(GenericTests.Event("ticket.commented", data), id: "msg_2")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
    }

    [Theory]
    [InlineData("2026-07-01T10:00:00", false)]
    [InlineData("2026-07-01T10:00:00.123", false)]
    [InlineData("2026-07-01", false)]
    [InlineData("2026-07-01T10:00:00Z", true)]
    [InlineData("2026-07-01T10:00:00.5+02:00", true)]
    [InlineData("2026-07-01T10:00:00-01:30", true)]
    public void A_time_says_its_offset(string time, bool right)
    {
        var body = JsonNode.Parse(
            GenericTests.Event(
                "ticket.opened",
                $$"""{"title":"t","description":"d","comments":[{"id":"1","at":"{{time}}","text":"x"}]}"""
            )
        )!;
        body["time"] = time;

        GenericTests
            .Flaws(Encoding.UTF8.GetBytes(body.ToJsonString()))
            .Select(flaw => flaw.Field)
            .ShouldBe(right ? [] : ["/time", "/data/comments/0"]);
    }

    static IEnumerable<(string Pointer, string Type, string Data)> Everywhere(string name, string value)
    {
        yield return ($"/data/{name}", "ticket.commented", $$"""{"id":"c","text":"note","{{name}}":{{value}}}""");
        yield return ($"/data/{name}", "ticket.attached", $$"""{"id":"c","name":"a","content":"AQID","{{name}}":{{value}}}""");
        yield return (
            $"/data/comments/1/{name}",
            "ticket.opened",
            $$"""{"title":"t","description":"d","comments":[{{Comment("")}},{{Comment($",\"{name}\":{value}")}}]}"""
        );
        yield return (
            $"/data/files/0/{name}",
            "ticket.opened",
            $$"""{"title":"t","description":"d","files":[{"name":"a","content":"AQID","{{name}}":{{value}}}]}"""
        );
    }

    static string Comment(string also) => "{" + $"\"id\":\"1\",\"at\":\"2026-11-24T08:00:00Z\",\"text\":\"x\"{also}" + "}";

    static Decided<SchoolSide> Read(string type, string data)
    {
        return new Generic().Read(GenericTests.Unpack(GenericTests.Event(type, data)).Light, Demo.Toulouse, handedOver);
    }

    async Task HandOver() =>
        (await door.Post(GenericTests.Event("ticket.opened", """{"title":"t","description":"d"}"""))).StatusCode.ShouldBe(
            HttpStatusCode.Accepted
        );

    async Task<JsonArray> Spoken() =>
        JsonNode.Parse(
            (
                await door
                    .Services.GetRequiredService<IStore>()
                    .Load($"intake/{TicketIds.OfSchool("toulouse", "4512"):N}", default)
            )!.Body
        )!["streams"]!["intake-routing"]!["messages"]!.AsArray();
}
