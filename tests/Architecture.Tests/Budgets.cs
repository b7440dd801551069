using System.Text.RegularExpressions;

namespace GroupTicketing.Tests.Architecture;

/// <summary>Sizes a reader can hold. A budget that hurts the reader is changed here, in the open, with the reason.</summary>
public partial class Budgets
{
    [Fact]
    public void Half_of_the_source_files_have_at_most_60_lines() =>
        // 45 until it made people cut what is one thought.
        At(0.5).ShouldBeLessThanOrEqualTo(60, "cut files by what they are named for; one thought, one file.");

    [Fact]
    public void Nine_of_ten_source_files_have_at_most_150_lines() =>
        At(0.9)
            .ShouldBeLessThanOrEqualTo(
                150,
                "cut the longest: " + string.Join(", ", Tree.Sources.OrderByDescending(Tree.Lines).Take(8))
            );

    [Fact]
    public void No_source_file_has_more_than_300_lines() =>
        Longer(Tree.Sources, 300).ShouldBeEmpty("cut it by what its parts do.");

    [Fact]
    public void An_entry_file_has_at_most_20_lines() =>
        Longer(Tree.Sources.Where(file => file.EndsWith("/Program.cs", StringComparison.Ordinal)), 20)
            .ShouldBeEmpty("an entry file names the byService, nothing else.");

    [Fact]
    public void A_door_has_at_most_80_lines() =>
        // 60 while a line had up to 200 columns.
        Longer(Doors, 80).ShouldBeEmpty("a door takes, hands on and answers: move the work to Core/ or Adapters/.");

    [Fact]
    public void There_are_doors_to_measure() => Doors.Count().ShouldBeGreaterThan(4);

    [Fact]
    public void Lines_have_at_most_130_columns() =>
        AllLines.Where(line => line.Text.Length > 130 && !IsOneLiteral().IsMatch(line.Text))
            .Select(line => line.Where)
            .ShouldBeEmpty("break them where a reader breathes; of literals only those that cannot be cut may be longer.");

    [Fact]
    public void Of_a_hundred_lines_three_at_most_have_over_120_columns()
    {
        var (wide, all) = (AllLines.Count(line => line.Text.Length > 120), AllLines.Count());
        TestContext.Current.TestOutputHelper?.WriteLine($"over 120 columns: {100.0 * wide / all:0.00} %");

        (100.0 * wide / all).ShouldBeLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData("""    $"{first}: {string.Join(", ", others.Select(other => other.Name))} and so on",""", true)]
    [InlineData("""    Call(first.Second(third), "short", fourth.Fifth(sixth), seventh);""", false)]
    public void What_is_one_literal(string line, bool isOne) => IsOneLiteral().IsMatch(line).ShouldBe(isOne);

    [Fact]
    public void There_are_at_least_as_many_test_lines_as_source_lines()
    {
        // The simulators and the engines are doubles of the outside: they are neither the product nor its tests.
        var product = Tree.Sources.Where(file => !file.StartsWith("simulators/", StringComparison.Ordinal));
        var ours = Tree.Tests.Where(file => !file.StartsWith("tests/engines/", StringComparison.Ordinal));
        var (tests, sources) = (ours.Sum(Tree.Lines), product.Sum(Tree.Lines));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"test lines {tests}, source lines {sources}, ratio {(double)tests / sources:0.00}"
        );

        tests.ShouldBeGreaterThanOrEqualTo(sources, "write the missing tests, or delete source.");
    }

    static IEnumerable<string> Doors =>
        Tree.Sources.Where(file =>
            file.StartsWith("services/", StringComparison.Ordinal) && Tree.Code(file).Contains(" Map(", StringComparison.Ordinal)
        );


    static IEnumerable<(string Where, string Text)> AllLines =>
        from file in Tree.Sources.Concat(Tree.Tests)
        from line in Tree.Text(file).Split('\n').Index()
        select ($"{file}:{line.Index + 1}", line.Item);

    static int At(double share)
    {
        var lines = Tree.Sources.Select(Tree.Lines).Order().ToList();
        return lines[(int)(lines.Count * share)];
    }

    static IEnumerable<string> Longer(IEnumerable<string> files, int most) =>
        files.Where(file => Tree.Lines(file) > most).Select(file => $"{file} ({Tree.Lines(file)})");

    // Alone on its line, or in a raw string of several lines: JSON, SQL, a shell's.
    [GeneratedRegex("""^\s*(?:(?:: |\+ |yield return |var \w+ = |=> )?[$@]*"|[{"]|[A-Z]{4,} |\w+\(\) \{)""")]
    private static partial Regex IsOneLiteral();
}
