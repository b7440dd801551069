namespace GroupTicketing.Registry.Reading;

/// <summary>Finds routes no ticket can take: they contradict a route above them, or one before them takes all that is
/// theirs.</summary>
internal static class Reachable
{
    public static void Check(RouteNode root, FileProblems problems) => Check(root, RouteMatch.Any, [], problems);

    private static void Check(RouteNode parent, RouteMatch above, IReadOnlyList<RouteNode> earlier, FileProblems problems)
    {
        var before = earlier.ToList();
        foreach (var node in parent.Children)
        {
            if (Contradiction(above, node.Match) is { } part)
                problems.Error(node.Line, FileTexts.Text("RouteContradicts", part));
            else
                CheckOne(node, node.Match.Under(above), before, problems);
            before.Add(node);
        }
    }

    private static void CheckOne(RouteNode node, RouteMatch whole, List<RouteNode> before, FileProblems problems)
    {
        if (before.FirstOrDefault(b => b.Match.Covers(AsAsk(whole))) is { } first)
            problems.Error(node.Line, FileTexts.Text("RouteCovered", first.Line));
        else
            Check(node, whole, before, problems);
    }

    private static string? Contradiction(RouteMatch above, RouteMatch own)
    {
        if (Differ(above.School, own.School))
            return "school";
        if (Differ(above.Brique, own.Brique))
            return "brique";
        if (Differ(above.Service, own.Service))
            return "service";
        if (Differ(above.SousService, own.SousService))
            return "sousService";
        if (Differ(above.Category, own.Category))
            return "category";
        return Differ(above.Queue, own.Queue) ? "queue" : null;
    }

    private static bool Differ(string? one, string? other) => one is not null && other is not null && !Words.Same(one, other);

    // The least specific ticket that takes the route: whatever covers it covers all the others.
    private static RouteAsk AsAsk(RouteMatch match) =>
        new(match.School ?? "", match.Brique, match.Service, match.SousService, match.Category, match.Queue);
}
