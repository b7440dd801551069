namespace GroupTicketing.Contracts.Tests.Registry;

/// <summary>Finds the files of this repository.</summary>
internal static class Repository
{
    public static string PathOf(string file) => Path.GetFullPath(Path.Combine(Root(), file));

    public static string[] FilesOf(string folder) =>
        Directory.GetFiles(PathOf(folder), "*", SearchOption.AllDirectories);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GroupTicketing.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
