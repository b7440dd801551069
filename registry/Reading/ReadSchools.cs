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
        if (Files(folder, problems) is not { } files)
            return schools;
        var apart = new Apart();
        foreach (var path in files)
            schools.Add(ReadSchool.From(path, catalogue, dialects, apart, problems));
        if (!schools.Any(s => s.Pilot))
            problems.In(folder).Warn(0, FileTexts.Text("NobodyInThePilot"));
        return schools;
    }

    /// <summary>Null: the folder cannot be read.</summary>
    private static IReadOnlyList<string>? Files(string folder, Problems problems)
    {
        try
        {
            var paths = Directory.GetFiles(folder).Where(p => !Path.GetFileName(p).StartsWith('.')).Order(StringComparer.Ordinal);
            var read = paths.ToLookup(path => path.EndsWith(".yaml", StringComparison.Ordinal));
            foreach (var path in read[false].Where(path => !path.EndsWith(".example", StringComparison.Ordinal)))
                problems.In(path).Warn(0, FileTexts.Text("NotRead"));
            return [.. read[true]];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.In(folder).Error(0, FileTexts.Text("SchoolsMissing"));
            return null;
        }
    }
}
