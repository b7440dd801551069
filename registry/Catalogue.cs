namespace GroupTicketing.Registry;

/// <summary>What the group offers and who answers for it: <c>catalogue.yaml</c>. Everything by its name in iTop, never
/// by id.</summary>
/// <param name="Group">The group as iTop knows it.</param>
/// <param name="Briques">At least one; names and aliases are unique, case and accents apart.</param>
/// <param name="Routes">The root of the route tree. It always matches; without a file's <c>routes:</c> it has no
/// children.</param>
public sealed record Catalogue(Group Group, IReadOnlyList<Brique> Briques, RouteNode Routes)
{
    /// <summary>The brique of that name or alias, or null.</summary>
    public Brique? Find(string? brique) => Briques.FirstOrDefault(b => Words.Names(brique, b.Name, b.Aliases));
}
