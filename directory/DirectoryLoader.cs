namespace GroupTicketing.Directory;

/// <summary>Reads who is who from a folder: <c>catalogue.yaml</c>, <c>calendar.yaml</c> and <c>schools/*.yaml</c>.</summary>
public static class DirectoryLoader
{
    /// <summary>Reads all of it and reports every error at once. Throws nothing for what a file can hold.</summary>
    /// <param name="knownDialects">The tools' dialects this build speaks; a school naming another is refused with this list.</param>
    public static DirectoryReading Load(string folder, IReadOnlyCollection<string> knownDialects) =>
        throw new NotImplementedException();
}
