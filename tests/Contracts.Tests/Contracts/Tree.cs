namespace GroupTicketing.Tests.Contracts;

/// <summary>The source tree the tests were built from.</summary>
static class Tree
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    static string Above(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "GroupTicketing.sln"))
            ? folder
            : Above(
                Directory.GetParent(folder)?.FullName
                    ?? throw new DirectoryNotFoundException("no GroupTicketing.sln above the tests")
            );
}
