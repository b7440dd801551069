namespace GroupTicketing.Directory;

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
