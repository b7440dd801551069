namespace GroupTicketing.Registry.Reading;

/// <summary>Collects what is wrong over all files, so that it can be said at once.</summary>
internal sealed class Problems
{
    private readonly List<Problem> errors = [];
    private readonly List<Problem> warnings = [];

    // Lists in which something is wrong: that they lack what points into them may follow from it.
    private readonly HashSet<object> doubtful = new(ReferenceEqualityComparer.Instance);

    public bool Any => errors.Count > 0;

    /// <summary>Whether something could not be read as it is meant: what is not there may be written there.</summary>
    public bool HasDoubts => doubtful.Count > 0;

    public IReadOnlyList<Problem> Errors => InOrder(errors);

    public IReadOnlyList<Problem> Warnings => InOrder(warnings);

    public FileProblems In(string file) => new(file, errors, warnings, doubtful);

    private static IReadOnlyList<Problem> InOrder(List<Problem> problems) =>
        [.. problems.Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)];
}

/// <summary>The same, for one file.</summary>
internal sealed class FileProblems(string file, List<Problem> errors, List<Problem> warnings, HashSet<object> doubtful)
{
    public string File => file;

    /// <summary>How many errors there are so far, of all files.</summary>
    public int Count => errors.Count;

    public void Error(int line, string text) => errors.Add(new(file, line, text));

    public void Warn(int line, string text) => warnings.Add(new(file, line, text));

    /// <summary>Something is wrong with this list, or these keys: what points into it is not held against it.</summary>
    public void Doubt(object read) => doubtful.Add(read);

    public bool IsInDoubt<T>(IReadOnlyList<T> list) => list.Count == 0 || doubtful.Contains(list);
}
