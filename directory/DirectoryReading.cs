namespace GroupTicketing.Directory;

/// <summary>What a folder says, or everything that is wrong with it. With errors there is no catalogue, school or
/// calendar.</summary>
/// <param name="Schools">In the order of their slugs.</param>
/// <param name="Errors">By file and line; empty when the folder may be used.</param>
/// <param name="Warnings">What a person should know, though it stops nothing.</param>
public sealed record DirectoryReading(
    Catalogue? Catalogue,
    IReadOnlyList<School> Schools,
    Calendar? Calendar,
    IReadOnlyList<Problem> Errors,
    IReadOnlyList<Problem> Warnings);
