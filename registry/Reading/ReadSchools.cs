namespace GroupTicketing.Registry.Reading;

/// <summary>The folder <c>schools/</c>, each file a school.</summary>
internal static class ReadSchools
{
    public static IReadOnlyList<School> From(
        string folder,
        Catalogue catalogue,
        IReadOnlyCollection<string> dialects,
        Problems problems
    )
    {
        var schools = new List<School>();
        var apart = new Apart();
        foreach (var path in Files(folder, problems))
            schools.Add(ReadSchool.From(path, catalogue, dialects, apart, problems));
        if (!schools.Any(s => s.Pilot))
            problems.In(folder).Warn(0, FileTexts.Text("NobodyInThePilot"));
        return schools;
    }

    private static IEnumerable<string> Files(string folder, Problems problems)
    {
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        foreach (var path in paths.Order(StringComparer.Ordinal).Where(p => !Path.GetFileName(p).StartsWith('.')))
            if (path.EndsWith(".yaml", StringComparison.Ordinal))
                yield return path;
            else if (!path.EndsWith(".example", StringComparison.Ordinal))
                problems.In(path).Warn(0, FileTexts.Text("NotRead"));
    }
}
