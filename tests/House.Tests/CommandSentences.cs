using System.Text.RegularExpressions;

namespace GroupTicketing.Tests.House;

/// <summary>What the command line says of itself stands in its resource files, in both languages (<see cref="Texts"/>), and nowhere else.</summary>
public partial class CommandSentences
{
    static IEnumerable<string> Commands => Tree.Sources.Where(file => file.StartsWith("host/Commands/", StringComparison.Ordinal));

    [Fact]
    public void No_help_is_written_in_the_code() =>
        Commands.Where(file => Written().IsMatch(Tree.Text(file))).ShouldBeEmpty("write it in CommandTexts.resx and .en.resx: CommandTexts.Of(\"Name\")");

    [Fact]
    public void Every_sentence_that_is_said_is_there_and_every_one_there_is_said()
    {
        var said = Commands.SelectMany(file => Said().Matches(Tree.Text(file))).Select(match => match.Groups[1].Value).Distinct();
        var there = Regex.Matches(Tree.Text("host/Commands/CommandTexts.resx"), "<data name=\"(\\w+)\"").Select(match => match.Groups[1].Value);

        there.ShouldBe(said, ignoreOrder: true);
    }

    [Theory]
    [InlineData("Description = \"The folder\"", true)]
    [InlineData("Description = $\"Known: {x}\"", true)]
    [InlineData("new Command(\"keys\", \"API keys.\")", true)]
    [InlineData("new Command(\"keys\", CommandTexts.Of(\"Keys\"))", false)]
    public void The_rule_sees_what_it_forbids(string code, bool isSeen) => Written().IsMatch(code).ShouldBe(isSeen);

    [GeneratedRegex(@"Description = \$?""|new Command\(""[\w-]+"", \$?""|new RootCommand\(\$?""")]
    private static partial Regex Written();

    [GeneratedRegex(@"CommandTexts\.Of\(""(\w+)""")]
    private static partial Regex Said();
}
