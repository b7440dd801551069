using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GroupTicketing.Tests.Architecture;

/// <summary>What services may not do is a build error.</summary>
public partial class Bans
{
    [Theory]
    [InlineData("P:System.DateTime.Now;")]
    [InlineData("P:System.DateTime.UtcNow;")]
    [InlineData("P:System.DateTimeOffset.Now;")]
    [InlineData("P:System.DateTimeOffset.UtcNow;")]
    [InlineData("M:System.Guid.NewGuid;")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.Int32);")]
    [InlineData("M:System.Threading.Tasks.Task.Delay(System.TimeSpan);")]
    [InlineData("T:System.Console;")]
    public void It_is_banned_with_what_to_do_instead(string symbol) =>
        Tree.Text("BannedSymbols.txt")
            .Split('\n')
            .ShouldContain(line => line.StartsWith(symbol, StringComparison.Ordinal) && line.Length > symbol.Length + 10);

    [Fact]
    public void The_bans_bind_services()
    {
        var props = XDocument.Parse(Tree.Text("Directory.Build.props"));

        props
            .Descendants("PackageReference")
            .ShouldContain(one => one.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        var files = props
            .Descendants("AdditionalFiles")
            .Single(one => one.Attribute("Include")!.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal));
        files.Parent!.Attribute("Condition")!.Value.ShouldContain("services/");
        props.Descendants("TreatWarningsAsErrors").Single().Value.ShouldBe("true");
    }

    // Who waits for a task holds a thread, and the ticket's lock with it.
    [Theory]
    [InlineData("M:System.Runtime.CompilerServices.TaskAwaiter.GetResult;")]
    [InlineData("M:System.Runtime.CompilerServices.TaskAwaiter`1.GetResult;")]
    [InlineData("M:System.Runtime.CompilerServices.ValueTaskAwaiter`1.GetResult;")]
    [InlineData("P:System.Threading.Tasks.Task`1.Result;")]
    [InlineData("P:System.Threading.Tasks.ValueTask`1.Result;")]
    [InlineData("M:System.Threading.Tasks.Task.Wait;")]
    public void Nothing_waits_for_a_task_but_by_await(string symbol) =>
        Tree.Text("BannedSymbols.Waits.txt").Split('\n').ShouldContain(line => line.StartsWith(symbol, StringComparison.Ordinal));

    [Theory]
    [InlineData("services/")]
    [InlineData("platform")]
    [InlineData("gateway")]
    public void That_binds_what_runs(string service) =>
        XDocument
            .Parse(Tree.Text("Directory.Build.props"))
            .Descendants("AdditionalFiles")
            .Single(one => one.Attribute("Include")!.Value.EndsWith("BannedSymbols.Waits.txt", StringComparison.Ordinal))
            .Parent!.Attribute("Condition")!
            .Value.ShouldContain($"$(Folder.StartsWith('{service}'))");

    [Fact]
    public void Only_a_store_that_is_opened_before_anything_runs_is_waited_for() => Tree.Sources
        .Where(file => Tree.Text(file).Contains("RS0030", StringComparison.Ordinal))
        .ShouldBe(["platform/Stores/MongoFiles.cs", "platform/Stores/MongoStore.cs"]);

    [Fact]
    public void No_service_lifts_a_ban() =>
        Tree
            .Sources.Where(file =>
                file.StartsWith("services/", StringComparison.Ordinal)
                && Tree.Text(file).Contains("RS0030", StringComparison.Ordinal)
            )
            .ShouldBeEmpty("take the time and ids as data, waits from the platform.");

    [Fact]
    public void No_file_names_a_machine()
    {
        var ours = Tree.Files.Where(file =>
            !file.EndsWith("/Bans.cs", StringComparison.Ordinal) && Path.GetExtension(file) is not (".png" or ".dll" or ".db")
        );

        ours.Where(file => Machine().IsMatch(Tree.Text(file)))
            .ShouldBeEmpty("the tree stands alone: no path of a machine, nothing beside it.");
    }

    [GeneratedRegex(@"(?<![\w.:/-])/(home|Users|root|work)/\w|\.\./shared\b|\b[A-Z]:\\Users\\|/tmp/[a-z]/")]
    private static partial Regex Machine();
}
