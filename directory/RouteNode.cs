namespace GroupTicketing.Directory;

/// <summary>A node of the route tree. Of its children the first that matches decides; the deepest node has the last word.</summary>
/// <param name="Match">When this node is meant. The root's is empty.</param>
/// <param name="To">Where its tickets go. What it leaves out is inherited from the parent, except below a part it changes.</param>
/// <param name="Children">Tried in the order of the file; at most 20 levels.</param>
/// <param name="Line">Where it stands in its file; 0 when the root is not written.</param>
public sealed record RouteNode(RouteMatch Match, RouteTo To, IReadOnlyList<RouteNode> Children, int Line)
{
    /// <summary>Matches everything and changes nothing.</summary>
    public static RouteNode Root { get; } = new(RouteMatch.Any, RouteTo.Nowhere, [], 0);
}

/// <summary>What a ticket must bear; parts left out are not asked for. Compared whole, case and accents apart.</summary>
/// <param name="School">A slug of the group's schools.</param>
/// <param name="Brique">A name of the catalogue, or any word a school uses.</param>
/// <param name="Category">The category in the school's tool.</param>
/// <param name="Queue">The queue, group or entity in the school's tool.</param>
public sealed record RouteMatch(
    string? School = null,
    string? Brique = null,
    string? Service = null,
    string? SousService = null,
    string? Category = null,
    string? Queue = null)
{
    public static RouteMatch Any { get; } = new();

    /// <summary>Whether each part that is given is the ask's own.</summary>
    public bool Covers(RouteAsk ask) =>
        Fits(School, ask.School)
        && Fits(Brique, ask.Brique)
        && Fits(Service, ask.Service)
        && Fits(SousService, ask.SousService)
        && Fits(Category, ask.Category)
        && Fits(Queue, ask.Queue);

    private static bool Fits(string? wanted, string? given) => wanted is null || Words.Same(wanted, given);
}
