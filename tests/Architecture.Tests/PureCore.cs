using System.Text.RegularExpressions;

namespace GroupTicketing.Tests.Architecture;

/// <summary>A service's <c>Core/</c> decides; it waits for nothing, asks nobody and takes the time as data.</summary>
public partial class PureCore
{
    public static TheoryData<string> Files => [.. Tree.Sources.Where(file => CoreFile().IsMatch(file))];

    [Fact]
    public void Services_have_a_core() => Files.Count.ShouldBeGreaterThan(10);

    [Theory]
    [MemberData(nameof(Files))]
    public void It_knows_contracts_registry_what_decisions_are_made_of_and_the_base_library_only(string file)
    {
        var service = file.Split('/')[1];
        var strangers = Using().Matches(Tree.Text(file))
            .Select(match => match.Groups[1].Value)
            .Where(name => !IsKnown(name) && !name.StartsWith($"GroupTicketing.{service}.Core", StringComparison.Ordinal));

        strangers.ShouldBeEmpty(
            $"{file}: move what needs these namespaces to a door or to Adapters/, and give Core/ the values."
        );
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_does_not_wait_ask_or_look_at_the_clock(string file)
    {
        var words = Impure().Matches(Tree.Code(file)).Select(match => match.Value).Distinct();

        words.ShouldBeEmpty($"{file}: a decision is a pure function. Take the time as a parameter; return what is to be done.");
    }

    [Theory]
    [InlineData("await store.Save()")]
    [InlineData("var now = DateTimeOffset.UtcNow;")]
    [InlineData("Fact(ILogger<Link> log)")]
    [InlineData("using var http = new HttpClient();")]
    public void The_rule_sees_what_it_forbids(string code) => Impure().IsMatch(code).ShouldBeTrue();

    // The base library's parts for waiting, the network and the disk are not for deciding.
    static bool IsKnown(string name) =>
        name is "GroupTicketing.Contracts" or "GroupTicketing.Registry" or "GroupTicketing.Platform.Deciding"
        || (
            name.StartsWith("System", StringComparison.Ordinal)
            && !name.StartsWith("System.Net", StringComparison.Ordinal)
            && !name.StartsWith("System.Threading", StringComparison.Ordinal)
        );

    [GeneratedRegex("^services/[^/]+/Core/")]
    private static partial Regex CoreFile();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(
        @"\b(async|await|Task|ValueTask|TimeProvider|HttpClient|ILogger|IServiceProvider|IServiceCollection|IStore|IBus|UtcNow|DateTime\.Now|Thread|File\.|Environment\.)"
    )]
    private static partial Regex Impure();
}
