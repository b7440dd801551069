namespace GroupTicketing.Registry;

/// <summary>Finds a ticket's place: understand the school's words, walk the route tree, look the names up.</summary>
public static class Routing
{
    /// <summary>Always answers; pure.</summary>
    public static Route Match(Catalogue catalogue, School school, RouteAsk ask)
    {
        var understood = Understand(catalogue, school, ask);
        var to = Walk(catalogue.Routes, RouteTo.Nowhere, understood);
        return Place(catalogue, school, to, understood);
    }

    /// <summary>What the ticket names, else what its queue stands for; known names in the catalogue's own spelling.</summary>
    private static RouteAsk Understand(Catalogue catalogue, School school, RouteAsk ask)
    {
        var queue = school.Mapping.Queues.FirstOrDefault(q => Words.Same(q.Queue, ask.Queue));
        var named = catalogue.Find(ask.Brique);
        var brique = named ?? catalogue.Find(queue?.Brique);
        var meant = Words.Same(queue?.Brique, brique?.Name) ? queue : null;
        var service = brique?.Find(ask.Service) ?? brique?.Find(meant?.Service);
        var below = Words.Same(meant?.Service, service?.Name) ? meant : null;
        var sousService = service?.Find(ask.SousService) ?? service?.Find(below?.SousService);
        return ask with
        {
            School = school.Slug,
            Brique = brique?.Name ?? ask.Brique,
            Service = service?.Name ?? ask.Service,
            SousService = sousService?.Name ?? ask.SousService,
        };
    }

    private static RouteTo Walk(RouteNode node, RouteTo inherited, RouteAsk ask)
    {
        var to = inherited.Then(node.To);
        var child = node.Children.FirstOrDefault(c => c.Match.Covers(ask));
        return child is null ? to : Walk(child, to, ask);
    }

    private static Route Place(Catalogue catalogue, School school, RouteTo to, RouteAsk ask)
    {
        var brique = catalogue.Find(to.Brique ?? ask.Brique);
        if (!school.Pilot || brique is { Pilot: false })
            return new(Precision.OutsidePilot, brique?.Name);
        if (brique is null)
            return new(Precision.Unknown, Team: to.Team ?? catalogue.Group.TriageTeam, Urgency: to.Urgency);

        var service = brique.Find(to.Service ?? ask.Service);
        var sousService = service?.Find(to.SousService ?? ask.SousService);
        var precision = sousService is null ? Precision.ToQualify : Precision.Placed;
        if (sousService is null)
        {
            service = brique.Find(brique.ToQualify?.Service);
            sousService = service?.Find(brique.ToQualify?.SousService);
        }

        var team = to.Team ?? sousService?.Team ?? brique.Team;
        return new(precision, brique.Name, service?.Name, sousService?.Name, team, sousService?.RequestType, to.Urgency);
    }
}

/// <summary>What a school's ticket says about where it belongs, in the school's own words; null where it says nothing.</summary>
/// <param name="School">The school's slug.</param>
public sealed record RouteAsk(
    string School,
    string? Brique = null,
    string? Service = null,
    string? SousService = null,
    string? Category = null,
    string? Queue = null);

/// <summary>A node of the route tree. Of its children the first that matches decides; the deepest node has the last
/// word.</summary>
/// <param name="Match">When this node is meant. The root's is empty.</param>
/// <param name="To">Where its tickets go. What it leaves out is inherited from the parent, except below a part it
/// changes.</param>
/// <param name="Children">Tried in the order of the file; at most 20 levels.</param>
/// <param name="Line">Where it stands in its file; 0 when the root is not written.</param>
public sealed record RouteNode(RouteMatch Match, RouteTo To, IReadOnlyList<RouteNode> Children, int Line)
{
    /// <summary>Matches everything and changes nothing.</summary>
    public static RouteNode Root { get; } = new(RouteMatch.Any, RouteTo.Nowhere, [], 0);
}
