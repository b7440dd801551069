namespace GroupTicketing.Simulators.Tests.Itop;

/// <summary>What docs/itop-conformance.md says the program printed.</summary>
static class ConformancePage
{
    public static string Text => File.ReadAllText(Path.Combine(Above(AppContext.BaseDirectory), "docs", "itop-conformance.md"));

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "GroupTicketing.sln"))
            ? folder
            : Above(
                Directory.GetParent(folder)?.FullName
                    ?? throw new DirectoryNotFoundException("no GroupTicketing.sln above the tests")
            );
}
