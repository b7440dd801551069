namespace GroupTicketing.Registry.Reading;

/// <summary>The route tree: <c>routes: { to: ..., children: [ { match: ..., to: ..., children: ... } ] }</c>.</summary>
internal sealed class ReadRoutes
{
    private readonly Catalogue catalogue;

    // Once all of it is read, and only where nothing of it was misread: what a route takes and where it leads hangs on those
    // above and before it.
    private readonly List<Action> checks = [];

    private ReadRoutes(Catalogue catalogue) => this.catalogue = catalogue;

    public static RouteNode From(Fields file, Catalogue catalogue)
    {
        if (file.Group("routes") is not { } fields)
            return RouteNode.Root;

        var before = fields.Problems.Count;
        var routes = new ReadRoutes(catalogue);
        var root = routes.ReadNode(fields, RouteMatch.Any, RouteTo.Nowhere);
        if (fields.Problems.Count > before)
            return root;
        if (root.Match != RouteMatch.Any)
            fields.Problems.Error(fields.LineOf("match"), FileTexts.Text("RootMatches"));
        routes.checks.ForEach(check => check());
        if (!routes.AreNamesInDoubt(fields.Problems))
            Reachable.Check(root, fields.Problems);
        return root;
    }

    // Of one name and its alias, where neither is known, two come to be.
    private bool AreNamesInDoubt(FileProblems problems) =>
        problems.IsInDoubt(catalogue.Briques)
        || catalogue.Briques.Any(brique =>
            problems.IsInDoubt(brique.Services) || brique.Services.Any(service => problems.IsInDoubt(service.SousServices))
        );

    private RouteNode ReadNode(Fields fields, RouteMatch above, RouteTo inherited)
    {
        var match = Spelled(ReadMatch(fields), above);
        var to = ReadTo(fields);
        var whole = inherited.Then(to);
        if (to != RouteTo.Nowhere)
            checks.Add(() => CheckTo(whole, fields));
        var children = fields.Groups("children").Select(c => ReadNode(c, match.Under(above), whole)).ToList();
        fields.Done();
        return new(match, to, children, fields.Line);
    }

    private RouteMatch ReadMatch(Fields node)
    {
        if (node.Group("match") is not { } fields)
            return RouteMatch.Any;

        var match = new RouteMatch(
            fields.TextOrNull("school"),
            fields.TextOrNull("brique"),
            fields.TextOrNull("service"),
            fields.TextOrNull("sousService"),
            fields.TextOrNull("category"),
            fields.TextOrNull("queue"));
        if (match.School is { } school)
            checks.Add(() => CheckSchool(school, fields));
        fields.Done();
        return match;
    }

    private void CheckSchool(string school, Fields match)
    {
        var slugs = catalogue.Group.Schools.Select(s => s.Slug).ToList();
        if (match.Problems.IsInDoubt(catalogue.Group.Schools) || slugs.Any(s => Words.Same(s, school)))
            return;
        var text = FileTexts.Text("SchoolUnknown", school, Nearest.Hint(school, slugs));
        match.Problems.Error(match.LineOf("school"), text);
    }

    /// <summary>Names in the catalogue's own spelling, as the ask's are when the tree is walked.</summary>
    private RouteMatch Spelled(RouteMatch match, RouteMatch above)
    {
        var brique = catalogue.Find(match.Brique ?? above.Brique);
        var service = brique?.Find(match.Service ?? above.Service);
        return match with
        {
            Brique = Spelling(match.Brique, brique?.Name),
            Service = Spelling(match.Service, service?.Name),
            SousService = service?.Find(match.SousService)?.Name ?? match.SousService,
        };
    }

    private static string? Spelling(string? word, string? known) => word is null ? null : known ?? word;

    private static RouteTo ReadTo(Fields node)
    {
        if (node.Group("to") is not { } fields)
            return RouteTo.Nowhere;

        var to = new RouteTo(
            fields.TextOrNull("brique"),
            fields.TextOrNull("service"),
            fields.TextOrNull("sousService"),
            fields.TextOrNull("team"),
            fields.Number("urgency", 1, 4));
        fields.Done();
        return to;
    }

    private void CheckTo(RouteTo to, Fields node)
    {
        var line = node.LineOf("to");
        if (to.Brique is { } brique)
            KnownNames.Check(catalogue, brique, to.Service, to.SousService, line, node.Problems);
        else if ((to.Service ?? to.SousService) is { } part)
            node.Problems.Error(line, FileTexts.Text("RouteWithoutBrique", part));
    }
}
