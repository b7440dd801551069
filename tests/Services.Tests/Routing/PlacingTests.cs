using GroupTicketing.Contracts;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>A handover finds its place, waits for a person, or is politely refused.</summary>
public class PlacingTests
{
    [Theory]
    [InlineData(
        "Scénari",
        "Gestion des comptes",
        "Connexion impossible",
        "Gestion des comptes > Connexion impossible",
        "Support Scénari",
        "incident"
    )]
    [InlineData(
        "scenari chain",
        "comptes",
        "nouveau compte",
        "Gestion des comptes > Création de compte",
        "Support Scénari",
        "service_request"
    )]
    [InlineData("Moodle", "Cours", "Cours inaccessible", "Cours > Cours inaccessible", "Support OpenMoodle", "incident")]
    [InlineData("Scénari", null, null, "Gestion des comptes > À qualifier", "Support Scénari", "incident")]
    [InlineData(
        "Scénari",
        "Publication",
        "n’existe pas",
        "Gestion des comptes > À qualifier",
        "Support Scénari",
        "incident"
    )]
    public void A_known_brique_is_placed_or_to_be_qualified(
        string brique,
        string? service,
        string? sousService,
        string place,
        string team,
        string type
    )
    {
        var asked = new LinkPlay().Opened(brique, service, sousService).Only<TicketEscalated>();

        $"{asked.Route.Service} > {asked.Route.SousService}".ShouldBe(place);
        (asked.Route.Team, asked.Route.RequestType).ShouldBe((team, type));
        (asked.Organisation, asked.Caller, asked.Handover.Ticket.Generation, asked.PreviousReference).ShouldBe(
            ("INSA Toulouse", "support@toulouse.example", 1, null)
        );
    }

    [Fact]
    public void The_queue_speaks_where_the_ticket_names_nothing() =>
        new LinkPlay(school: "lyon")
            .Opened(null, null, null, "Moodle")
            .Only<TicketEscalated>()
            .Route.Brique.ShouldBe("OpenMoodle");

    [Fact]
    public void A_route_may_raise_the_urgency_and_else_the_school_s_own_counts()
    {
        var play = new LinkPlay();
        var opened = new TicketOpened(
            play.Heading(),
            new Handover(
                new SchoolTicket("4512", "4512"),
                "t",
                "d",
                new Placement("OpenMoodle", Category: "Examen"),
                Urgency: 4
            )
        );
        play.Hear(opened).Only<TicketEscalated>().Route.Urgency.ShouldBe(2);

        new LinkPlay()
            .Hear(opened with { Handover = opened.Handover with { Placement = new Placement("OpenMoodle"), Urgency = 3 } })
            .Only<TicketEscalated>()
            .Route.Urgency.ShouldBe(3);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Imprimantes")]
    public void An_unknown_brique_waits_for_the_C2IP_and_the_support_is_told(string? brique)
    {
        var play = new LinkPlay().Opened(brique);

        play.Link.Stage.ShouldBe(Stage.Held);
        play.Last.OfType<TicketEscalated>().ShouldBeEmpty();
        play.Last.OfType<TicketHeld>().ShouldHaveSingleItem();
        var told = play.Last.OfType<SchoolUpdateWanted>().ShouldHaveSingleItem();
        (told.News, told.State, told.Audience).ShouldBe((SchoolNews.Held, "held", Audience.Support));
        told.Reason!.ShouldContain("à orienter");
    }

    [Fact]
    public void Triage_places_it_with_all_that_was_said_meanwhile()
    {
        var play = new LinkPlay().Opened("Imprimantes").Commented("depuis lundi", "c1");
        play.Hear(
            new SchoolAttached(play.Heading("f1"), new Author(Role.Requester), new FileClaim("ab", 3, "capture.png", "image/png"))
        );
        play.Hear(new SchoolAnswered(play.Heading("c2"), new Author(Role.Requester), "oui"));
        play.Said.OfType<GroupUpdateWanted>().ShouldBeEmpty();

        var asked = play.Hear(
                new TriageDecided(play.Heading(), new Placement("OpenMoodle", "Cours", "Cours inaccessible"), null, "C2IP")
            )
            .Only<TicketEscalated>();

        (asked.Route.Brique, asked.Route.SousService).ShouldBe(("OpenMoodle", "Cours inaccessible"));
        asked.Handover.Comments!.Select(comment => comment.Text).ShouldBe(["depuis lundi", "oui"]);
        asked.Handover.Files!.ShouldHaveSingleItem().Name.ShouldBe("capture.png");
    }

    [Fact]
    public void Triage_refuses_in_the_C2IP_s_own_words()
    {
        var play = new LinkPlay().Opened("Imprimantes");
        play.Hear(new TriageDecided(play.Heading(), null, "Les imprimantes restent à votre établissement.", "C2IP"));

        play.Link.Stage.ShouldBe(Stage.Refused);
        play.Last.OfType<TicketRejected>().ShouldHaveSingleItem().Reason.ShouldContain("imprimantes");
        play.Last.OfType<SchoolUpdateWanted>()
            .ShouldHaveSingleItem()
            .Reason.ShouldBe("Les imprimantes restent à votre établissement.");
        play.Said.OfType<TicketEscalated>().ShouldBeEmpty();
    }

    [Fact]
    public void Triage_decided_twice_counts_once()
    {
        var play = new LinkPlay().Opened("Imprimantes");
        play.Hear(new TriageDecided(play.Heading(), new Placement("Scénari"), null, "C2IP"));
        play.Hear(new TriageDecided(play.Heading(), new Placement("OpenMoodle"), null, "C2IP")).Last.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Taken_back_while_it_waits_it_is_never_placed(bool closed)
    {
        var play = new LinkPlay().Opened("Imprimantes");
        play.Hear(closed ? new SchoolClosed(play.Heading()) : new SchoolWithdrew(play.Heading()));
        play.Hear(new TriageDecided(play.Heading(), new Placement("Scénari"), null, "C2IP"));

        play.Said.OfType<TicketEscalated>().ShouldBeEmpty();
    }

    [Fact]
    public void A_brique_outside_the_pilot_is_refused_politely_in_French()
    {
        var catalogue = Demo.Who.Catalogue;
        var later = Demo.Who with
        {
            Catalogue = catalogue with
            {
                Briques = [.. catalogue.Briques.Select(brique => brique with { Pilot = brique.Name != "OpenMoodle" })],
            },
        };

        RefusedWith(
            new LinkPlay(later).Opened("Moodle"),
            "OpenMoodle n’est pas encore prise en charge par le support du groupe ; la demande reste dans votre outil."
        );
    }

    [Fact]
    public void A_school_outside_the_pilot_is_refused_politely_in_French() => RefusedWith(
        new LinkPlay(Demo.With(Demo.Toulouse with { Pilot = false })).Opened(),
        "Votre établissement ne participe pas encore au support du groupe ; la demande reste dans votre outil.");

    [Fact]
    public void A_school_without_a_file_is_refused_and_not_quarantined() =>
        RefusedWith(new LinkPlay(school: "rouen").Opened(), "Votre établissement ne participe pas encore");

    [Fact]
    public void What_a_refused_ticket_says_later_goes_nowhere_and_a_new_handover_is_looked_at_again()
    {
        var play = new LinkPlay(Demo.With(Demo.Toulouse with { Pilot = false })).Opened().Commented();
        play.Last.ShouldBeEmpty();

        play.Opened().Last.OfType<SchoolUpdateWanted>().ShouldHaveSingleItem().News.ShouldBe(SchoolNews.Refused);
    }

    [Fact]
    public void A_repeated_handover_of_a_live_link_says_nothing() => new LinkPlay().Opened().Opened().Last.ShouldBeEmpty();

    [Fact]
    public void The_caller_is_the_requester_only_where_the_school_opted_in()
    {
        var named = Demo.With(Demo.Toulouse with { Caller = Registry.Party.Requester });
        foreach (var (who, caller) in new[] { (Demo.Who, "support@toulouse.example"), (named, "alix@etu.toulouse.example") })
        {
            var play = new LinkPlay(who);
            var opened = new TicketOpened(
                play.Heading(),
                new Handover(
                    new SchoolTicket("1", "1"),
                    "t",
                    "d",
                    new Placement("Scénari"),
                    Requester: new Requester("Alix", "alix@etu.toulouse.example")
                )
            );
            play.Hear(opened).Only<TicketEscalated>().Caller.ShouldBe(caller);
        }
    }

    static void RefusedWith(LinkPlay play, string words)
    {
        play.Link.Stage.ShouldBe(Stage.Refused);
        play.Said.OfType<TicketEscalated>().ShouldBeEmpty();
        play.Said.OfType<TicketRejected>().ShouldHaveSingleItem().Reason.ShouldStartWith(words);
        var told = play.Said.OfType<SchoolUpdateWanted>().ShouldHaveSingleItem();
        (told.News, told.State, told.Audience).ShouldBe((SchoolNews.Refused, "refused", Audience.Support));
        told.Reason!.ShouldStartWith(words);
    }
}
