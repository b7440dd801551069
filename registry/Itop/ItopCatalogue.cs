using GroupTicketing.Registry.Reading;

namespace GroupTicketing.Registry;

/// <summary>What the group's iTop is to hold for the pilot: a file of its own, made by <c>catalogue export</c> or by
/// hand.</summary>
/// <param name="Provider">The group's organisation: it provides the services, and the schools lie below it.</param>
/// <param name="ReturnTeam">Assigning a ticket to it gives it back to its school.</param>
/// <param name="Items">In the order in which they can be made.</param>
/// <param name="Participating">The paths of the organisations whose tickets are taken.</param>
public sealed record ItopCatalogue(
    string Provider,
    string ReturnTeam,
    IReadOnlyList<ItopItem> Items,
    IReadOnlyList<string> Participating
)
{
    /// <summary>Reads one and says everything that is wrong at once: in its writing, its names, and what a working
    /// pilot needs.</summary>
    public static (ItopCatalogue Catalogue, IReadOnlyList<Problem> Errors, IReadOnlyList<Problem> Warnings) Load(string path)
    {
        var problems = new Problems();
        var catalogue = ReadItopCatalogue.From(path, problems);
        if (catalogue.Items.Count > 0 && !problems.HasDoubts)
            ItopInvariants.Check(catalogue, problems.In(path));
        return (catalogue, problems.Errors, problems.Warnings);
    }

    public IEnumerable<ItopItem> OfKind(ItopKind kind) => Items.Where(item => item.Kind == kind);
}
