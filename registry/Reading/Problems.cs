namespace GroupTicketing.Registry.Reading;

/// <summary>Collects what is wrong over all files, so that it can be said at once.</summary>
internal sealed class Problems
{
    private readonly List<Problem> errors = [];
    private readonly List<Problem> warnings = [];

    public bool Any => errors.Count > 0;

    public IReadOnlyList<Problem> Errors => InOrder(errors);

    public IReadOnlyList<Problem> Warnings => InOrder(warnings);

    public FileProblems In(string file) => new(file, errors, warnings);

    private static IReadOnlyList<Problem> InOrder(List<Problem> problems) =>
        [.. problems.Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)];
}

/// <summary>The same, for one file.</summary>
internal sealed class FileProblems(string file, List<Problem> errors, List<Problem> warnings)
{
    public string File => file;

    public void Error(int line, string text) => errors.Add(new(file, line, text));

    public void Warn(int line, string text) => warnings.Add(new(file, line, text));
}
