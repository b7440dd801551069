using System.Text.RegularExpressions;
using GroupTicketing.Tests.Contracts;

namespace GroupTicketing.Tests.Deploy;

/// <summary>One place says the version, Directory.Build.props; what must repeat it agrees.</summary>
public sealed class VersionTests
{
    static readonly string version = Found("Directory.Build.props", "<Version>(.+)</Version>");

    [Theory]
    [InlineData(".env.example", "^VERSION=(.+)$")]
    [InlineData("contracts/asyncapi.yaml", "^  version: (.+)$")]
    [InlineData("CHANGELOG.md", @"^## (\S+)")]
    [InlineData("docs/operate.md", @"`groupticketing-(\d\S+)/install\.sh`")]
    [InlineData("docs/fr/exploiter.md", @"`groupticketing-(\d\S+)/install\.sh`")]
    public void Who_names_the_version_names_this_one(string file, string where) => Found(file, where).ShouldBe(version);

    static string Found(string file, string where)
    {
        var found = Regex.Match(File.ReadAllText(Tree.Path(file)), where, RegexOptions.Multiline);
        found.Success.ShouldBeTrue(file);
        return found.Groups[1].Value;
    }
}
