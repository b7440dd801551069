using GroupTicketing.Host;
using GroupTicketing.Intake;
using GroupTicketing.Registry;
using GroupTicketing.Routing.Core;

namespace GroupTicketing.Services.Tests;

/// <summary>The demonstration's directory: what most tests are played in.</summary>
static class Demo
{
    public static readonly string Root = FindRoot();

    public static readonly string Folder = Path.Combine(Root, "deploy", "demo");

    public static readonly RegistryReading Directory = RegistryLoader.Load(Folder, [.. IntakeModule.Dialects.Keys]);

    public static readonly WhoIsWho Who = new(
        Directory.Catalogue!,
        Directory.Schools.ToDictionary(school => school.Slug),
        Directory.Calendar!
    );

    /// <summary>A Tuesday in working hours.</summary>
    public static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-24T09:12:00+01:00");

    public static School Lyon => Who.Schools["lyon"];

    public static School Toulouse => Who.Schools["toulouse"];

    /// <summary>The same people, with one school's file changed.</summary>
    public static WhoIsWho With(School school) =>
        Who with
        {
            Schools = Who.Schools.Values.Where(one => one.Slug != school.Slug).Append(school).ToDictionary(one => one.Slug),
        };

    public static HostSettings Settings(string data) => new()
    {
        Data = data,
        Directory = Folder,
        InsecureDemo = true,
        Outside = new OutsideSettings { Allow = "127.0.0.0/8", Http = true },
        Urls = "http://127.0.0.1:0",
    };

    /// <summary>The variables that let a process call schools on this machine.</summary>
    public static IReadOnlyList<(string Name, string Value)> Outside { get; } =
    [("GROUPTICKETING__Outside__Allow", "127.0.0.0/8"), ("GROUPTICKETING__Outside__Http", "true")];

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GroupTicketing.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))
                ?? throw new DirectoryNotFoundException("no GroupTicketing.sln above the tests");
        return folder;
    }
}
