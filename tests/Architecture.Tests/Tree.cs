using System.Text.RegularExpressions;

namespace GroupTicketing.Tests.Architecture;

/// <summary>The source tree: files by their path from its root, with slashes.</summary>
static partial class Tree
{
    static readonly string[] outside = ["bin", "obj", ".git", "data", "artifacts", "TestResults"];

    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static IReadOnlyList<string> Files { get; } =
    [.. Below(Root).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Sources { get; } =
    [
        .. Files.Where(file =>
            file.EndsWith(".cs", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal)
        ),
    ];

    public static IReadOnlyList<string> Tests { get; } =
    [
        .. Files.Where(file =>
            file.EndsWith(".cs", StringComparison.Ordinal) && file.StartsWith("tests/", StringComparison.Ordinal)
        ),
    ];

    public static IReadOnlyList<string> Projects { get; } =
    [.. Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))];

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static int Lines(string file) => File.ReadLines(Path.Combine(Root, file)).Count();

    /// <summary>The code without comments and string literals: what it does, not what it says.</summary>
    public static string Code(string file) => Quoted().Replace(Comment().Replace(Text(file), ""), "\"\"");

    static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(file => !outside.Contains(Path.GetFileName(file)))
            .Concat(
                Directory.EnumerateDirectories(folder)
                    .Where(inner => !outside.Contains(Path.GetFileName(inner)))
                    .SelectMany(Below)
            );

    static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "GroupTicketing.sln"))
            ? folder
            : Above(
                Directory.GetParent(folder)?.FullName
                    ?? throw new DirectoryNotFoundException("no GroupTicketing.sln above the tests")
            );

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\\\n])*\"")]
    private static partial Regex Quoted();
}
