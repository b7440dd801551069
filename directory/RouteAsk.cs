namespace GroupTicketing.Directory;

/// <summary>What a school's ticket says about where it belongs, in the school's own words; null where it says nothing.</summary>
/// <param name="School">The school's slug.</param>
public sealed record RouteAsk(
    string School,
    string? Brique = null,
    string? Service = null,
    string? SousService = null,
    string? Category = null,
    string? Queue = null);
