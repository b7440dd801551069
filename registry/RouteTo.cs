namespace GroupTicketing.Registry;

/// <summary>Where a route sends a ticket. Missing parts are inherited, then taken from what the school named.</summary>
/// <param name="Team">An iTop team. Default: the sous-service's, then the brique's.</param>
/// <param name="Urgency">As iTop counts: 1 critical, 2 high, 3 medium, 4 low. Default null: iTop's own, 4.</param>
public sealed record RouteTo(
    string? Brique = null,
    string? Service = null,
    string? SousService = null,
    string? Team = null,
    int? Urgency = null)
{
    public static RouteTo Nowhere { get; } = new();

    /// <summary>This destination refined by a child's. A part that changes drops what was inherited below it.</summary>
    public RouteTo Then(RouteTo child)
    {
        var sameBrique = child.Brique is null || Words.Same(child.Brique, Brique);
        var sameService = sameBrique && (child.Service is null || Words.Same(child.Service, Service));
        return new(
            child.Brique ?? Brique,
            child.Service ?? (sameBrique ? Service : null),
            child.SousService ?? (sameService ? SousService : null),
            child.Team ?? (sameBrique ? Team : null),
            child.Urgency ?? Urgency);
    }
}
