using GroupTicketing.Registry.Reading;

namespace GroupTicketing.Registry;

/// <summary>Reads who is who from a folder: <c>catalogue.yaml</c>, <c>calendar.yaml</c> and <c>schools/*.yaml</c>.</summary>
public static class RegistryLoader
{
    /// <summary>Reads all of it and reports every error at once. Throws nothing for what a file can hold.</summary>
    /// <param name="knownDialects">The tools' dialects this build speaks; a school naming another is refused with this
    /// list.</param>
    public static RegistryReading Load(string folder, IReadOnlyCollection<string> knownDialects)
    {
        var problems = new Problems();
        if (!Directory.Exists(folder))
        {
            problems.In(folder).Error(0, FileTexts.Text("FolderMissing"));
            return new(null, [], null, problems.Errors, problems.Warnings);
        }
        var catalogue = ReadCatalogue.From(Path.Combine(folder, "catalogue.yaml"), problems);
        var calendar = ReadCalendar.From(Path.Combine(folder, "calendar.yaml"), problems);
        var schools = ReadSchools.From(Path.Combine(folder, "schools"), catalogue, knownDialects, problems);
        return problems.Any
            ? new(null, [], null, problems.Errors, problems.Warnings) { Checkable = [.. schools.Where(IsRight)] }
            : new(catalogue, schools, calendar, [], problems.Warnings) { Checkable = schools };

        bool IsRight(School school) =>
            school.Slug.Length > 0
            && problems.Errors.All(problem => Path.GetFileNameWithoutExtension(problem.File) != school.Slug);
    }
}

/// <summary>What a folder says, or everything that is wrong with it. With errors there is no catalogue, school or
/// calendar.</summary>
/// <param name="Schools">In the order of their slugs.</param>
/// <param name="Errors">By file and line; empty when the folder may be used.</param>
/// <param name="Warnings">What a person should know, though it stops nothing.</param>
public sealed record RegistryReading(
    Catalogue? Catalogue,
    IReadOnlyList<School> Schools,
    Calendar? Calendar,
    IReadOnlyList<Problem> Errors,
    IReadOnlyList<Problem> Warnings)
{
    /// <summary>The schools of whose own file nothing is wrong, whatever else is: to look for what more is wrong, never
    /// to run.</summary>
    public IReadOnlyList<School> Checkable { get; init; } = [];
}
