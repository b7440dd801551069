namespace GroupTicketing.Registry.Reading;

/// <summary>The route tree: <c>routes: { to: ..., children: [ { match: ..., to: ..., children: ... } ] }</c>.</summary>
internal static class ReadRoutes
{
    public static RouteNode From(Fields file, Catalogue catalogue)
    {
        if (file.Group("routes") is not { } fields)
            return RouteNode.Root;

        var root = ReadNode(fields, catalogue, RouteMatch.Any, RouteTo.Nowhere);
        if (root.Match != RouteMatch.Any)
            fields.Problems.Error(fields.LineOf("match"), FileTexts.Text("RootMatches"));
        Reachable.Check(root, fields.Problems);
        return root;
    }

    private static RouteNode ReadNode(Fields fields, Catalogue catalogue, RouteMatch above, RouteTo inherited)
    {
        var match = Spelled(ReadMatch(fields, catalogue), above, catalogue);
        var to = ReadTo(fields);
        var whole = inherited.Then(to);
        if (to != RouteTo.Nowhere)
            CheckTo(whole, catalogue, fields);
        var children = fields.Groups("children").Select(c => ReadNode(c, catalogue, match.Under(above), whole)).ToList();
        fields.Done();
        return new(match, to, children, fields.Line);
    }

    private static RouteMatch ReadMatch(Fields node, Catalogue catalogue)
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
        var slugs = catalogue.Group.Schools.Select(s => s.Slug).ToList();
        if (match.School is { } school && !slugs.Any(s => Words.Same(s, school)))
            fields.Problems.Error(fields.LineOf("school"), FileTexts.Text("SchoolUnknown", school, Nearest.Hint(school, slugs)));
        fields.Done();
        return match;
    }

    /// <summary>Names in the catalogue's own spelling, as the ask's are when the tree is walked.</summary>
    private static RouteMatch Spelled(RouteMatch match, RouteMatch above, Catalogue catalogue)
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

    private static void CheckTo(RouteTo to, Catalogue catalogue, Fields node)
    {
        var line = node.LineOf("to");
        if (to.Brique is { } brique)
            KnownNames.Check(catalogue, brique, to.Service, to.SousService, line, node.Problems);
        else if ((to.Service ?? to.SousService) is { } part)
            node.Problems.Error(line, FileTexts.Text("RouteWithoutBrique", part));
    }
}
