using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using GroupTicketing.Routing;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>A group ticket that was there first: found for a school, and made one pair with a school ticket.</summary>
public class PairingTests
{
    const string Reference = "R-000777";

    static readonly WhoIsWho mirrored = Demo.With(Demo.Toulouse with { MirrorFrom = new DateOnly(2026, 11, 1) });

    [Fact]
    public void A_refusal_of_an_earlier_pairing_does_not_end_the_later_one()
    {
        var play = LinkedTo("R-1");
        play.Hear(new SchoolWithdrew(play.Heading("w"), null));
        play.Hear(new TicketLinked(play.Heading("l2"), new SchoolTicket("4512", "4512"), "Titre", "R-2", "mots"));

        play.Hear(new LinkRefused(play.Heading("link-refused-1"), "R-1", "unknown"));

        play.Link.Stage.ShouldBe(Stage.Pairing);
    }

    [Fact]
    public void What_the_school_said_while_it_was_under_way_is_in_the_ticket_opened_instead()
    {
        var file = new FileClaim(new string('a', 64), 1, "a.txt", "text/plain");
        var play = LinkedTo("R-1").Commented("Le serveur est éteint.", "c1");
        play.Hear(new SchoolAttached(play.Heading("f1"), new Author(Role.Support), file));
        play.Hear(new LinkRefused(play.Heading("link-refused-1"), "R-1", "unknown"));

        var place = new Placement("Scénari", "Gestion des comptes", "Connexion impossible");
        play.Hear(new TriageDecided(play.Heading("t"), place, null, "c2ip"));

        var handover = play.Last.OfType<TicketEscalated>().ShouldHaveSingleItem().Handover;
        handover.Comments!.Select(one => one.Text).ShouldContain("Le serveur est éteint.");
        handover.Files.ShouldBe([file]);
    }

    [Fact]
    public void One_closed_by_its_school_meanwhile_does_not_wait_for_triage()
    {
        var play = LinkedTo("R-1");
        play.Hear(new SchoolClosed(play.Heading("x"), null));

        play.Hear(new LinkRefused(play.Heading("link-refused-1"), "R-1", "unknown"));

        play.Link.Stage.ShouldBe(Stage.Refused);
    }

    static LinkPlay LinkedTo(string reference)
    {
        var play = new LinkPlay();
        return play.Hear(new TicketLinked(play.Heading("l1"), new SchoolTicket("4512", "4512"), "Titre", reference, "mots"));
    }

    [Fact]
    public void It_is_taken_by_its_reference_and_nothing_is_created()
    {
        var wanted = Linked().Only<GroupLinkWanted>();
        (wanted.Reference, wanted.Organisation, wanted.SchoolName, wanted.Ticket).ShouldBe(
            (Reference, "INSA Toulouse", "INSA Toulouse", new SchoolTicket("4512", "#4512"))
        );
    }

    [Fact]
    public void From_then_on_both_sides_are_heard()
    {
        var play = Linked().Referenced(Reference);
        play.OnlyNews(SchoolNews.Referenced).Reference.ShouldBe(Reference);
        play.Commented("chez nous aussi").OnlyWish(GroupWish.Comment).Text.ShouldBe("chez nous aussi");
        play.Resolved().OnlyNews(SchoolNews.Resolved).Ticket.Number.ShouldBe("#4512");
        play.WaitUntil.ShouldNotBeNull();
    }

    [Fact]
    public void What_its_support_wants_the_group_to_read_is_its_first_entry()
    {
        var play = Linked("constaté par trois enseignants");
        play.Last.Count.ShouldBe(2);
        play.Last[1].ShouldBeOfType<GroupUpdateWanted>().Text.ShouldBe("constaté par trois enseignants");
    }

    [Fact]
    public void Pairing_ends_when_iTop_has_answered_and_a_late_refusal_changes_nothing()
    {
        var play = Linked();
        (play.Link.Stage, play.Link.IsLive).ShouldBe((Stage.Pairing, true));

        play.Referenced(Reference).Link.Stage.ShouldBe(Stage.Open);

        play.Hear(new LinkRefused(play.Heading(), Reference, "taken")).Last.ShouldBeEmpty();
        (play.Link.Stage, play.Link.Reference).ShouldBe((Stage.Open, Reference));
    }

    [Fact]
    public void A_handover_without_a_word_of_description_is_none_that_words_follow()
    {
        var play = new LinkPlay();
        play.Opened();
        var empty = new TicketOpened(play.Heading(), play.Link.Opened!.Handover with { Description = "", Summary = "vu" });
        var opened = new LinkPlay().Hear(empty);

        opened.Hear(empty).Last.ShouldBeEmpty("it was handed over");
    }

    [Theory]
    [InlineData(null, null, Stage.Pairing)]
    [InlineData(null, "https://itop.example/777", Stage.Open)]
    [InlineData("Scénari", null, Stage.Open)]
    public void What_0_2_stored_of_a_pair_is_read_as_one(string? route, string? url, Stage stage)
    {
        var link = Upcast(Stored("Panne", route, url));

        (link.Stage, link.AwaitsHandover).ShouldBe((stage, false));
        link.Opened!.Handover.Description.ShouldBe("Panne");
    }

    [Fact]
    public void Words_that_were_to_follow_in_0_2_follow()
    {
        var play = new LinkPlay().From(Upcast(Stored("", null, "https://itop.example/777")));

        play.Opened().OnlyWish(GroupWish.Comment).Text.ShouldBe("Description");
        play.Opened().Last.ShouldBeEmpty("once");
    }

    [Fact]
    public void What_0_2_had_not_heard_of_is_read_as_it_is() =>
        new LinkDecider(Demo.Who)
            .Upcast(1, new JsonObject { ["state"] = new JsonObject() })
            .ToJsonString()
            .ShouldBe("""{"state":{}}""");

    [Fact]
    public void Asked_again_it_is_one_pair_all_the_same()
    {
        var play = Linked();
        Hear(play, Reference).Last.ShouldBeEmpty();
    }

    [Fact]
    public void A_ticket_that_has_a_group_ticket_keeps_it_and_its_support_is_told()
    {
        var play = new LinkPlay().Opened().Referenced();
        var told = Hear(play, Reference).OnlyNews(SchoolNews.Commented);
        told.Text!.ShouldContain(Reference);
        (told.Audience, play.Link.Reference).ShouldBe((Audience.Support, "R-000123"));
    }

    [Theory]
    [InlineData("unknown", "n’a pas de ticket R-000777")]
    [InlineData("taken", "déjà rattaché")]
    public void Not_to_be_had_it_is_refused_in_plain_words(string why, string words)
    {
        var play = Linked();
        var told = play.Hear(new LinkRefused(play.Heading(), Reference, why)).OnlyNews(SchoolNews.Refused);
        told.Reason!.ShouldContain(words);
        (told.State, told.Reference, play.Link.IsLive).ShouldBe(("refused", null, false));
        play.Opened().Only<TicketEscalated>().Handover.Ticket.Generation.ShouldBe(2);
    }

    [Fact]
    public void The_C2IP_attaches_a_ticket_that_waits_for_it_and_all_its_words_go_along()
    {
        var play = Held().Commented("encore", "c2");
        AskedByC2ip(play);

        play.Last.OfType<GroupUpdateWanted>().Select(wish => wish.Text).ShouldBe(["Description", "encore"]);
        play.Last[0].ShouldBeOfType<GroupLinkWanted>();
        play.Link.Stage.ShouldBe(Stage.Pairing);
    }

    [Fact]
    public void Attached_to_nothing_it_goes_back_to_the_C2IP()
    {
        var play = Held();
        AskedByC2ip(play).Hear(new LinkRefused(play.Heading("itop-1"), Reference, "unknown"));

        play.Link.Stage.ShouldBe(Stage.Held);
        play.Last.OfType<SchoolUpdateWanted>()
            .Single()
            .Heading.SourceId.ShouldBe("itop-1/Held", "its own id: it was told once before that it waits");
    }

    [Fact]
    public void Handed_over_after_the_C2IP_attached_it_its_words_follow()
    {
        var play = AskedByC2ip(new LinkPlay());
        play.Last.ShouldHaveSingleItem();
        play.Opened().OnlyWish(GroupWish.Comment).Text.ShouldBe("Description");
        play.Opened().Last.ShouldBeEmpty("once");
    }

    [Fact]
    public void Reopened_after_closure_a_person_chooses_its_place()
    {
        var play = Linked().Referenced(Reference).ItopClosed().Reopened(Role.Support, "encore");
        play.Link.Stage.ShouldBe(Stage.Held);
        play.Last.OfType<TicketHeld>().ShouldHaveSingleItem().Reason.ShouldContain("ouvert par le groupe");
    }

    [Fact]
    public void A_school_that_takes_no_part_is_politely_refused() =>
        Hear(new LinkPlay(Demo.With(Demo.Toulouse with { Pilot = false })), Reference)
            .Last.OfType<SchoolUpdateWanted>()
            .ShouldHaveSingleItem()
            .News.ShouldBe(SchoolNews.Refused);

    [Fact]
    public void What_the_group_opened_is_wanted_in_the_school_s_tool_once()
    {
        var play = Found(mirrored);
        var wanted = play.Only<SchoolTicketWanted>();
        (wanted.Reference, wanted.Title, wanted.Description, wanted.Heading.School).ShouldBe(
            (Reference, "Certificat", "Il expire.", "toulouse")
        );
        Found(mirrored, play).Last.ShouldBeEmpty();
    }

    [Fact]
    public void A_school_whose_file_does_not_want_it_hears_nothing() => Found(Demo.Who).Last.ShouldBeEmpty();

    static LinkPlay Found(WhoIsWho who, LinkPlay? play = null)
    {
        play ??= new LinkPlay(who);
        return play.Hear(
            new GroupTicketFound(
                play.Heading("itop-77-found"),
                Reference,
                "https://itop.example/77",
                "77",
                "Certificat",
                "Il expire."
            )
        );
    }

    static Link Upcast(JsonObject state) =>
        Json.Read<Link>(new LinkDecider(Demo.Who).Upcast(1, new JsonObject { ["state"] = state })["state"]!);

    static JsonObject Stored(string description, string? route, string? url) => new()
    {
        ["stage"] = "open",
        ["opened"] = new JsonObject
        {
            ["heading"] = JsonSerializer.SerializeToNode(new LinkPlay().Heading(), Json.Options),
            ["ticket"] = new JsonObject { ["id"] = "4512", ["number"] = "4512", ["generation"] = 1 },
            ["title"] = "Titre",
            ["description"] = description,
            ["placement"] = new JsonObject(),
        },
        ["route"] = route is null ? null : new JsonObject { ["brique"] = route },
        ["reference"] = Reference,
        ["url"] = url,
        ["generation"] = 1,
    };

    static LinkPlay Held() => new LinkPlay().Opened("Inconnue", null, null);

    static LinkPlay AskedByC2ip(LinkPlay play) =>
        play.Hear(new LinkAsked(play.Heading(), new SchoolTicket("4512", "4512"), Reference));

    static LinkPlay Linked(string? text = null) => Hear(new LinkPlay(), Reference, text);

    static LinkPlay Hear(LinkPlay play, string reference, string? text = null) =>
        play.Hear(new TicketLinked(play.Heading(), new SchoolTicket("4512", "#4512"), "Titre", reference, text));
}
