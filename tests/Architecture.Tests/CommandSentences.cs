using System.Text.RegularExpressions;

namespace GroupTicketing.Tests.Architecture;

/// <summary>
/// What a person reads who typed a command, be it of the files or of the store, stands in resource files, in both languages
/// (<see cref="Texts"/>), and nowhere else.
/// </summary>
public partial class CommandSentences
{
    static readonly string[] settings =
        ["host/Configuration.cs", "host/Edge.cs", "host/Engines.cs", "host/OutsideSettings.cs"];

    static IEnumerable<string> Commands => Under("host/Commands/");

    /// <summary>Where it is said, and the resources.</summary>
    public static TheoryData<string, string> Said => new()
    {
        { "host/", "host/Commands/CommandTexts.resx" },
        { "registry/", "registry/Reading/FileTexts.resx" },
        { "platform/", "platform/Faults.resx" },
    };

    [Fact]
    public void No_help_result_or_error_is_written_in_the_code() =>
        Commands.Concat(Under("host/Demo/")).Where(file => Written().IsMatch(Tree.Text(file)))
            .ShouldBeEmpty("write it in CommandTexts.resx and .en.resx: CommandTexts.Text(\"Name\")");

    [Fact]
    public void No_sentence_is_written_in_the_code() =>
        Commands.Concat(settings).Concat(Under("registry/")).Except(Under("registry/Itop/"))
            .SelectMany(file => Sentences(Tree.Text(file)).Select(text => $"{file}: {text}"))
            .ShouldBeEmpty("write it in CommandTexts.resx, or of a file in FileTexts.resx, and in .en.resx");

    [Theory]
    [MemberData(nameof(Said))]
    public void Every_sentence_that_is_said_is_there_and_every_one_there_is_said(string folder, string resources)
    {
        var said = Under(folder).SelectMany(file => Named().Matches(Tree.Text(file)))
            .Select(match => match.Groups[1].Value).Distinct();
        var there = Regex.Matches(Tree.Text(resources), "<data name=\"(\\w+)\"").Select(match => match.Groups[1].Value);

        there.ShouldBe(said, ignoreOrder: true);
    }

    [Theory]
    [InlineData("Description = \"The folder\"", true)]
    [InlineData("Description = $\"Known: {x}\"", true)]
    [InlineData("new Command(\"keys\", \"API keys.\")", true)]
    [InlineData("new Command(\"keys\", CommandTexts.Text(\"Keys\"))", false)]
    [InlineData("Console.WriteLine(\"done\")", true)]
    [InlineData("Console.Error.WriteLine($\"error: {fault}\")", true)]
    [InlineData("Console.WriteLine($\"GROUPTICKETING {word} - {text}\")", false)]
    [InlineData("Console.WriteLine(words.Text(\"Done\"))", false)]
    [InlineData("Tell.Error($\"{file} is there\")", true)]
    [InlineData("Tell.Warning($\"{warning}\")", false)]
    [InlineData("Step(\"It is told\")", true)]
    [InlineData("catch (StoreUnavailableException exception)\n{\n    return Tell.Error(exception.Message);", true)]
    [InlineData("catch (StoreUnavailableException exception)\n{\n    return Tell.Error(exception.Told);", false)]
    public void The_rule_sees_what_it_forbids(string code, bool isSeen) => Written().IsMatch(code).ShouldBe(isSeen);

    [Theory]
    [InlineData("return $\"{file} is not there\";", true)]
    [InlineData("errors.Add(\"setting Bus:Url: give its address\")", true)]
    [InlineData("problems.Error(line, $\"'{key}' is given twice\")", true)]
    [InlineData("throw new Unreadable(1, \"a key must be a plain word\")", true)]
    [InlineData("throw new UnreachableException(\"days have no end\")", false)]
    [InlineData("fields.Text(\"name\") is var one and not two", false)]
    [InlineData("// what a comment says", false)]
    public void The_rule_sees_sentences(string code, bool isSeen) => Sentences(code).Any().ShouldBe(isSeen);

    static IEnumerable<string> Under(string folder) =>
        Tree.Sources.Where(file => file.StartsWith(folder, StringComparison.Ordinal));

    // What only a programmer can bring about is said to programmers.
    static IEnumerable<string> Sentences(string code) => Literal().Matches(Comment().Replace(code, ""))
        .Where(literal => !literal.Groups[1].Success && Words().IsMatch(literal.Value)).Select(literal => literal.Value);

    [GeneratedRegex(@"Description = \$?""|new Command\(\s*""[\w-]+"",\s*\$?"""
        + @"|new RootCommand\(\s*\$?""|(Step|DemoFailed)\(\s*\$?"""
        + @"|StoreUnavailableException exception\)\s*\{[^}]*exception\.Message"
        + @"|Write(Line)?\(\s*\$?""(?!GROUPTICKETING |\{)|Tell\.(Error|Warning)\(\s*\$?""[^""]*[a-z] [a-z]")]
    private static partial Regex Written();

    [GeneratedRegex(@"(?:(?:CommandTexts|FileTexts|Faults)\.Text|StoreUnavailableException\.Because"
        + @"|Tell\.Result)\(\s*(?:[\w.]+,\s*)?""(\w+)""")]
    private static partial Regex Named();

    [GeneratedRegex(@"((?:Unreachable|InvalidOperation)Exception\()?\$?""(?:\\.|[^""\\\n])*""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[a-z]+ [a-z]+ [a-z]+")]
    private static partial Regex Words();
}
