using System.Text;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Services.Tests;

/// <summary>The shape any tool can send.</summary>
public class GenericTests
{
    static readonly SchoolSide handedOver = SchoolSide.Unheard with { HandedOver = true };

    [Theory]
    [InlineData("ticket.opened", """{"title":"t","description":"d"}""", typeof(TicketOpened))]
    [InlineData("ticket.commented", """{"id":"c1","text":"x"}""", typeof(SchoolCommented))]
    [InlineData("ticket.attached", """{"id":"f1","name":"a.png","content":"AQID"}""", typeof(SchoolAttached))]
    [InlineData("ticket.answered", """{"id":"c2","text":"x"}""", typeof(SchoolAnswered))]
    [InlineData("ticket.confirmed", "{}", typeof(SchoolConfirmed))]
    [InlineData("ticket.reopened", """{"by":"support"}""", typeof(SchoolReopened))]
    [InlineData("ticket.closed", "{}", typeof(SchoolClosed))]
    [InlineData("ticket.withdrawn", "{}", typeof(SchoolWithdrew))]
    [InlineData("ticket.linked", """{"reference":"R-000123"}""", typeof(TicketLinked))]
    public void Every_type_is_its_fact_and_has_no_flaw(string type, string data, Type fact)
    {
        var post = Post.Bare(Event(type, data));
        Flaws(post.Body).ShouldBeEmpty();
        var read = Read(type, data);

        read.Says.ShouldHaveSingleItem().ShouldBeOfType(fact);
        read.State.HandedOver.ShouldBe(type != "ticket.withdrawn");
    }

    [Fact]
    public void Before_the_handover_only_the_handover_is_heard()
    {
        foreach (var type in GenericCheck.Types.Except(["ticket.opened", "ticket.linked", "ticket.withdrawn"]))
            Read(type, """{"id":"c1","text":"x","name":"a","content":"AQID"}""", SchoolSide.Unheard).Says.ShouldBeEmpty(type);
    }

    [Fact]
    public void The_handover_carries_all_of_it()
    {
        var opened = Read(
            "ticket.opened",
            """
            {"number":"#4512","title":"t","description":"d","url":"https://tool.example/4512","brique":"Scénari",
              "service":"Comptes","sousService":"Connexion impossible",
             "category":"c","queue":"q","urgency":"high","requester":{"name":"Alix","email":"alix@toulouse.example"},
              "summary":"vu",
             "comments":[{"id":"1","by":"requester","author":"Alix","at":"2026-11-24T08:00:00+01:00","text":"un"}],
             "files":[{"name":"C:\\tmp\\a.png","type":"image/png","content":"AQID"}]}
            """,
            SchoolSide.Unheard
        )
            .Says.ShouldHaveSingleItem()
            .ShouldBeOfType<TicketOpened>();

        opened.Handover.Ticket.ShouldBe(new SchoolTicket("4512", "#4512", "https://tool.example/4512"));
        opened.Handover.Placement.ShouldBe(new Placement("Scénari", "Comptes", "Connexion impossible", "c", "q"));
        (opened.Handover.Urgency, opened.Handover.Summary, opened.Handover.Requester).ShouldBe((2, "vu", null));
        opened.Handover.Comments!.ShouldHaveSingleItem().Author.ShouldBe(new Author(Role.Requester));
        opened
            .Handover.Files!.ShouldHaveSingleItem()
            .ShouldBe(new FileClaim("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", 3, "a.png", "image/png"));
    }

    [Theory]
    [InlineData("critical", 1)]
    [InlineData("high", 2)]
    [InlineData("normal", 3)]
    [InlineData("low", 4)]
    [InlineData(null, 4)]
    public void Urgency_is_iTop_s_scale(string? said, int urgency)
    {
        var data = new JsonObject { ["title"] = "t", ["description"] = "d", ["urgency"] = said };
        if (said is null)
            data.Remove("urgency");
        Read("ticket.opened", data.ToJsonString()).Says[0].ShouldBeOfType<TicketOpened>().Handover.Urgency.ShouldBe(urgency);
    }

    [Theory]
    [InlineData("ticket.commented", "entre nous", null)]
    [InlineData("ticket.commented", "@groupe vu", "vu")]
    [InlineData("ticket.answered", "entre nous", null)]
    [InlineData("ticket.answered", "vu @Groupe", "vu")]
    public void A_private_note_crosses_only_with_the_mark_which_is_cut(string type, string text, string? crossing)
    {
        var facts = Read(type, new JsonObject { ["id"] = "c", ["text"] = text, ["visibility"] = "private" }.ToJsonString()).Says;
        facts
            .Select(fact => (fact as SchoolCommented)?.Text ?? (fact as SchoolAnswered)?.Text)
            .ShouldBe(crossing is null ? [] : [crossing]);
    }

    [Theory]
    [InlineData("ticket.confirmed")]
    [InlineData("ticket.reopened")]
    [InlineData("ticket.closed")]
    [InlineData("ticket.withdrawn")]
    public void A_private_text_of_a_transition_stays_too(string type)
    {
        var fact = Read(type, """{"text":"SECRET","reason":"SECRET","visibility":"private"}""").Says.ShouldHaveSingleItem();
        $"{fact}".ShouldNotContain("SECRET");
    }

    [Fact]
    public void A_private_file_stays() =>
        Read("ticket.attached", """{"id":"f","name":"a","content":"AQID","visibility":"private"}""").Says.ShouldBeEmpty();

    [Fact]
    public void A_name_crosses_only_where_the_school_lets_it()
    {
        var named = Demo.Toulouse with { Signature = new AuthorSignature(AuthorShown.Role, AuthorShown.Name) };
        var post = Post.Bare(Event("ticket.commented", """{"id":"c","text":"x","author":"Paul Agent","by":"support"}"""));

        ((SchoolCommented)new Generic().Read(post, Demo.Toulouse, handedOver).Says[0]).Author.Name.ShouldBeNull();
        ((SchoolCommented)new Generic().Read(post, named, handedOver).Says[0]).Author.Name.ShouldBe("Paul Agent");
    }

    [Fact]
    public void Every_flaw_is_found_at_once_by_its_pointer()
    {
        var body = """
            {"specversion":"0.3","id":"","subject":"","time":"hier","type":"ticket.opened",
             "data":{"title":" ","urgency":"soon","files":[{"name":"a","content":"AQID"},{"name":"b","content":"***"}],
              "comments":[{"id":"1","text":"x","at":"2026"}]}}
            """;
        Flaws(Encoding.UTF8.GetBytes(body))
            .Select(flaw => flaw.Field)
            .Order()
            .ShouldBe([
                "/data/comments/0",
                "/data/description",
                "/data/files/1/content",
                "/data/title",
                "/data/urgency",
                "/id",
                "/source",
                "/specversion",
                "/subject",
                "/time",
            ]);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("[]", "")]
    [InlineData(
        """{"specversion":"1.0","id":"1","source":"s","subject":"1","time":"2026-11-24T09:12:00+01:"""
        + """00","type":"ticket.eaten","data":{}}""",
        "/type"
    )]
    [InlineData(
        """{"specversion":"1.0","id":"1","source":"s","subject":"1","time":"2026-11-24T09:12:00+01:"""
        + """00","type":"ticket.closed","data":3}""",
        "/data"
    )]
    [InlineData(
        """{"specversion":"1.0","id":"1","source":"s","subject":" ","time":"2026-11-24T09:12:00+01:"""
        + """00","type":"ticket.closed","data":{}}""",
        "/subject"
    )]
    [InlineData(
        """{"specversion":"1.0","id":"1","source":"s","subject":"1","time":"2026-11-24T09:12:00+01:"""
        + """00","type":"ticket.attached","data":{"id":"1","name":"n","content":"é"}}""",
        "/data/content"
    )]
    [InlineData(
        """{"specversion":"1.0","id":"1","source":"s","subject":"1","time":"2026-11-24T09:12:00+01:"""
        + """00","type":"ticket.closed","data":{"text":3}}""",
        "/data/text"
    )]
    [InlineData(
        """{"specversion":"1.0","id":"1","source":"s","subject":"1","time":"2026-11-24T09:12:00+01:"""
        + """00","type":"ticket.opened","data":{"title":"t","description":"d","requester":"Alix"}}""",
        "/data/requester"
    )]
    public void One_flaw(string body, string pointer) =>
        Flaws(Encoding.UTF8.GetBytes(body)).Select(flaw => flaw.Field).ShouldBe([pointer]);

    [Fact]
    public void What_is_too_long_says_how_long_it_may_be() =>
        Flaws(Event("ticket.commented", new JsonObject { ["id"] = "1", ["text"] = new string('é', 100_001) }.ToJsonString()))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(flaw => flaw.Field.ShouldBe("/data/text"), flaw => flaw.What.ShouldContain("200000"));

    static Decided<SchoolSide> Read(string type, string data, SchoolSide? known = null)
    {
        return new Generic().Read(Unpack(Event(type, data)).Light, Demo.Toulouse, known ?? handedOver);
    }

    internal static Unpacked Unpack(byte[] body) => new Generic().Unpack(RawPost.FromTool(Post.Bare(body)));

    internal static IReadOnlyList<Flaw> Flaws(byte[] body) => Unpack(body).Flaws;

    internal static byte[] Event(string type, string data, string subject = "4512", string id = "e1") =>
        Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{id}}","source":"/tool","type":"{{type}}","subject":"{{subject}}","time":"2026-11-24T09:12:00+01:00","data":{{data}}}"""
        );
}
