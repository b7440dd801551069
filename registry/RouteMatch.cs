namespace GroupTicketing.Registry;

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

    /// <summary>All that must hold below a node which asks for <paramref name="above"/>.</summary>
    public RouteMatch Under(RouteMatch above) => new(
        School ?? above.School,
        Brique ?? above.Brique,
        Service ?? above.Service,
        SousService ?? above.SousService,
        Category ?? above.Category,
        Queue ?? above.Queue);

    private static bool Fits(string? wanted, string? given) => wanted is null || Words.Same(wanted, given);
}
