using GroupTicketing.Registry;

namespace GroupTicketing.Contracts.Tests.Registry;

public sealed class RoutingTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    private Route Match(RouteAsk ask, string routes = "")
    {
        var reading = folder.Write("catalogue.yaml", Folder.Catalogue + routes).Sound();
        return Routing.Match(reading.Catalogue!, reading.Schools[0], ask);
    }

    private static RouteAsk Ask(string? brique = null, string? service = null, string? sousService = null) =>
        new("lyon", brique, service, sousService);

    [Theory]
    [InlineData("Scénari", "Gestion des comptes", "Création de compte")]
    [InlineData("SCENARI", "gestion  des comptes", "creation de compte")]
    [InlineData("scenari chain", "Comptes", "nouveau compte")]
    public void Names_and_aliases_find_their_place(string brique, string service, string sousService) =>
        Match(Ask(brique, service, sousService))
            .ShouldBe(
                new(
                    Precision.Placed,
                    "Scénari",
                    "Gestion des comptes",
                    "Création de compte",
                    "Support Scénari",
                    RequestType.ServiceRequest
                )
            );

    [Theory]
    [InlineData(null, null)]
    [InlineData("Inconnu", "Création de compte")]
    [InlineData("Publication", "Création de compte")]
    [InlineData("Gestion des comptes", null)]
    public void A_brique_without_a_known_sous_service_is_to_qualify(string? service, string? sousService) =>
        Match(Ask("Scénari", service, sousService)).ShouldBe(new(
            Precision.ToQualify, "Scénari", "Gestion des comptes", "À qualifier", "Support Scénari", RequestType.Incident));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Inconnue")]
    public void An_unknown_brique_is_for_the_c2ip(string? brique) =>
        Match(Ask(brique, "Gestion des comptes", "Quota")).ShouldBe(new(Precision.Unknown, Team: "C2IP"));

    [Fact]
    public void A_brique_outside_the_pilot_is_refused_by_its_name() =>
        Match(Ask("wiki", "Pages", "Erreur")).ShouldBe(new(Precision.OutsidePilot, "Wiki"));

    [Fact]
    public void A_school_outside_the_pilot_is_refused_whatever_it_asks()
    {
        folder.Change("schools/lyon.yaml", "pilot: true", "pilot: false");

        Match(Ask("Scénari", "Comptes", "Quota")).ShouldBe(new(Precision.OutsidePilot, "Scénari"));
        Match(Ask("Inconnue")).ShouldBe(new(Precision.OutsidePilot));
    }

    [Fact]
    public void A_sous_service_may_have_its_own_team() =>
        Match(Ask("Scénari", "Comptes", "Quota")).Team.ShouldBe("Équipe Disques");

    [Fact]
    public void A_queue_stands_for_what_the_ticket_does_not_name()
    {
        var ask = new RouteAsk("lyon", Queue: "comptes scénari");

        Match(ask).Precision.ShouldBe(Precision.ToQualify);
        Match(ask with { SousService = "Quota" }).SousService.ShouldBe("Quota");
        Match(ask with { Service = "Publication", SousService = "Erreur" }).Service.ShouldBe("Publication");
        Match(ask with { Brique = "Wiki" }).Brique.ShouldBe("Wiki");
        Match(ask with { Brique = "Inconnue" }).Brique.ShouldBe("Scénari");
    }

    [Fact]
    public void A_queue_says_nothing_about_another_brique_than_its_own()
    {
        var twins = Folder.Catalogue
            .Replace("- name: Pages", "- name: Pages\n        aliases: [Gestion des comptes]")
            .Replace("- name: Wiki", "- name: Wiki\n    pilot: true\n    toQualify: { service: Pages, sousService: Erreur }");
        var reading = folder.Write("catalogue.yaml", twins).Sound();

        var route = Routing.Match(
            reading.Catalogue!,
            reading.Schools[0],
            new("lyon", Brique: "Wiki", SousService: "Erreur", Queue: "Comptes Scenari"));

        route.Precision.ShouldBe(Precision.ToQualify);
        route.Brique.ShouldBe("Wiki");
    }

    private const string Tree = """
        routes:
          to: { urgency: 4 }
          children:
            - match: { category: comptes }
              to: { brique: Scénari, service: Gestion des comptes, team: Équipe Comptes }
              children:
                - match: { school: Lyon }
                  to: { sousService: Quota, urgency: 2 }
                - match: { queue: Urgences }
                  to: { service: Publication, sousService: Erreur }
            - match: { brique: scenari chain }
              to: { urgency: 1 }
              children:
                - match: { service: Comptes }
                  to: { team: Équipe Alias }
                  children:
                    - match: { sousService: nouveau compte }
                      to: { team: Équipe Nouveaux }
            - match: { brique: Studio }
              to: { brique: Scénari }
        """;

    [Fact]
    public void The_deepest_route_decides_and_inherits()
    {
        Match(new("lyon", Category: "Comptes"), Tree).ShouldBe(new(
            Precision.Placed, "Scénari", "Gestion des comptes", "Quota", "Équipe Comptes", RequestType.Incident, 2));
    }

    [Fact]
    public void The_first_route_that_matches_wins()
    {
        var route = Match(new("lyon", Category: "Comptes", Queue: "Urgences"), Tree);

        route.SousService.ShouldBe("Quota");
    }

    [Fact]
    public void The_school_is_the_file_s_not_what_the_ask_claims() =>
        Match(new("rennes", Category: "Comptes"), Tree).SousService.ShouldBe("Quota");

    [Fact]
    public void The_root_always_matches()
    {
        Match(Ask("Inconnue"), Tree).ShouldBe(new(Precision.Unknown, Team: "C2IP", Urgency: 4));
    }

    [Fact]
    public void Routes_and_asks_may_use_different_names_of_one_thing()
    {
        var route = Match(Ask("SCENARI", "Gestion des comptes", "Quota"), Tree);

        route.Urgency.ShouldBe(1);
        route.Team.ShouldBe("Équipe Alias");
        Match(Ask("Scénari", "Comptes", "Création de compte"), Tree).Team.ShouldBe("Équipe Nouveaux");
    }

    [Fact]
    public void A_word_the_catalogue_does_not_know_can_be_routed()
    {
        var route = Match(Ask("studio", "Publication", "Erreur"), Tree);

        route.ShouldBe(new(Precision.Placed, "Scénari", "Publication", "Erreur", "Support Scénari", RequestType.Incident, 4));
    }

    [Fact]
    public void A_part_that_changes_drops_what_was_inherited_below_it()
    {
        var parent = new RouteTo("Scénari", "Gestion des comptes", "Quota", "Équipe", 2);

        parent.Then(new(Service: "Publication")).ShouldBe(new("Scénari", "Publication", null, "Équipe", 2));
        parent.Then(new(Brique: "Wiki")).ShouldBe(new("Wiki", null, null, null, 2));
        parent.Then(new(Brique: "SCENARI", Urgency: 1)).ShouldBe(parent with { Brique = "SCENARI", Urgency = 1 });
        parent.Then(RouteTo.Nowhere).ShouldBe(parent);
    }
}
