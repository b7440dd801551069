using System.Text.RegularExpressions;

namespace GroupTicketing.Tests.Architecture;

/// <summary>Who uses a type without reading its code finds its shape, units, defaults and limits above it.</summary>
public partial class Documented
{
    static IEnumerable<string> Read => Tree.Sources.Where(file =>
        file.StartsWith("contracts/", StringComparison.Ordinal)
        || file.StartsWith("platform/", StringComparison.Ordinal)
        || Regex.IsMatch(Tree.Code(file), @"\b(class|record) \w+(Options|Settings)\b"));

    [Fact]
    public void Every_public_type_of_contracts_platform_and_settings_says_what_it_is()
    {
        Read.Count().ShouldBeGreaterThan(30);
        Read.SelectMany(file => Silent(Tree.Text(file)).Select(name => $"{file}: {name}"))
            .ShouldBeEmpty("say above it what it is, in one sentence: /// <summary>…");
    }

    [Fact]
    public void Every_member_of_a_setting_says_its_unit_default_or_limit()
    {
        var silent = Tree
            .Sources.Where(file => file.EndsWith("Settings.cs", StringComparison.Ordinal))
            .SelectMany(file =>
                Member()
                    .Matches(Tree.Text(file))
                    .Where(match => !match.Groups[1].Success)
                    .Select(match => $"{file}: {match.Groups[2].Value}")
            );

        silent.ShouldBeEmpty("whoever sets it has only this sentence: its meaning, unit, default and limits.");
    }

    [Fact]
    public void The_rule_sees_a_silent_type() =>
        Silent("/// <summary>Said.</summary>\npublic sealed record A;\n\npublic sealed record B;\n").ShouldBe(["B"]);

    static IEnumerable<string> Silent(string text) =>
        PublicType().Matches(text).Where(match => !match.Groups[1].Success).Select(match => match.Groups[2].Value);

    [GeneratedRegex(
        @"(?:(^[ \t]*///.*\n(?:[ \t]*\[.*\]\n)*))?^[ \t]*public (?:(?:static|sealed|abstract|partial|readonly) )*(?:class|record struct|record|struct|enum|interface) (\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex PublicType();

    [GeneratedRegex(
        @"(?:(^[ \t]*///.*\n))?^    public (?!sealed|static|override)[\w<>?,. ]+ (\w+) \{ get;",
        RegexOptions.Multiline
    )]
    private static partial Regex Member();
}
