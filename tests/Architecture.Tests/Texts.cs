using System.Text.RegularExpressions;
using System.Xml.Linq;
using GroupTicketing.Contracts;

namespace GroupTicketing.Tests.Architecture;

/// <summary>People read French first, English too.</summary>
public partial class Texts
{
    public static TheoryData<string> French =>
        [
            .. Tree.Files.Where(file =>
                file.EndsWith(".resx", StringComparison.Ordinal) && !file.EndsWith(".en.resx", StringComparison.Ordinal)
            ),
        ];

    [Fact]
    public void There_are_texts() => French.Count.ShouldBeGreaterThanOrEqualTo(3);

    [Theory]
    [MemberData(nameof(French))]
    public void Every_english_text_has_its_french_one(string file) =>
        English(file).Keys.Except(TextsIn(file).Keys).ShouldBeEmpty($"French first: write the missing text in {file}");

    [Theory]
    [MemberData(nameof(French))]
    public void Every_french_text_has_its_english_one(string file) =>
        TextsIn(file)
            .Keys.Except(English(file).Keys)
            .ShouldBeEmpty($"write the missing text in {file.Replace(".resx", ".en.resx", StringComparison.Ordinal)}");

    [Fact]
    public void Every_step_of_a_timeline_has_its_label()
    {
        var details = Enum.GetNames<SchoolNews>().Concat(Enum.GetNames<GroupWish>());

        Listeners
            .Facts.Select(fact => fact.Name)
            .Concat(details)
            .Except(TextsIn("services/Portal/Pages/Labels.resx").Keys)
            .ShouldBeEmpty("people would read a type's name");
    }

    [Fact]
    public void No_answer_is_in_two_languages_at_once() =>
        Tree
            .Sources.Where(file => Bilingual().IsMatch(Tree.Text(file)))
            .ShouldBeEmpty("write it in the resource files, once for each language");

    [Theory]
    [MemberData(nameof(French))]
    public void Both_languages_have_the_same_blanks(string file)
    {
        var french = TextsIn(file);

        foreach (var (name, text) in English(file))
            Blanks(text).ShouldBe(Blanks(french[name]), ignoreOrder: true, $"{file}: {name}");
    }

    [Theory]
    [MemberData(nameof(French))]
    public void No_text_is_empty(string file) => TextsIn(file).ShouldAllBe(text => text.Value.Trim().Length > 0);

    static Dictionary<string, string> English(string file) =>
        TextsIn(file.Replace(".resx", ".en.resx", StringComparison.Ordinal));

    static Dictionary<string, string> TextsIn(string file) => XDocument.Parse(Tree.Text(file)).Descendants("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    static IEnumerable<string> Blanks(string text) => Blank().Matches(text).Select(match => match.Value).Distinct();

    [GeneratedRegex(@"Problem\.Result\([^;]*""[^;""]* / [^;""]*""")]
    private static partial Regex Bilingual();

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Blank();
}
