using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Tests.Architecture;

/// <summary>How things are built and named.</summary>
public partial class Shapes
{
    // Non-generic views, one per service: of Documents<TState>, which the dispatcher and the host hold in one list, and of one of
    // them opened for change, which a wave holds beside those of other services.
    static readonly string[] oneImplementation = ["IDocuments", "IMember"];

    [Fact]
    public void A_constructor_takes_at_most_5_parameters_besides_the_clock_and_the_log()
    {
        // These were counted until bags of the others were made to fit: that there is a time and a log says nothing of
        // how many things a class does.
        var greedy = Assemblies
            .All.Values.SelectMany(Assemblies.Types)
            .Where(type => !Assemblies.IsRecord(type) && !typeof(Delegate).IsAssignableFrom(type))
            .SelectMany(
                type => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance),
                (type, constructor) => (type, count: constructor.GetParameters().Count(one => !IsEverywhere(one.ParameterType)))
            )
            .Where(pair => pair.count > 5)
            .Where(pair => pair.type.GetCustomAttribute<System.Text.Json.Serialization.JsonConverterAttribute>() is null)
            .Select(pair => $"{pair.type.FullName} ({pair.count})");

        greedy.ShouldBeEmpty("it does several things: cut it by them.");
    }

    static bool IsEverywhere(Type type) => type == typeof(TimeProvider) || typeof(ILogger).IsAssignableFrom(type);

    [Fact]
    public void An_interface_has_at_least_two_implementations()
    {
        var everything = string.Join('\n', Tree.Sources.Concat(Tree.Tests).Select(Tree.Code));
        var lonely = Tree.Sources.SelectMany(file => Interface().Matches(Tree.Code(file)))
            .Select(match => match.Groups[1].Value)
            .Except(oneImplementation)
            .Where(name => Regex.Count(everything, $@"\b(class|record)\b[^{{;]*:\s*[^{{;]*\b{name}\b") < 2);

        lonely.ShouldBeEmpty(
            "use the class itself; an interface is for two implementations, a double at the outside edge counts."
        );
    }

    [Fact]
    public void Names_say_what_a_thing_does()
    {
        var empty = Tree
            .Sources.Concat(Tree.Tests)
            .Where(file => EmptyName().IsMatch(Path.GetFileNameWithoutExtension(file)))
            .Concat(
                Assemblies
                    .All.Values.SelectMany(Assemblies.Types)
                    .Select(type => type.Name.Split('`')[0])
                    .Where(name => EmptyName().IsMatch(name))
            );

        empty.ShouldBeEmpty("name it by what it does; nothing is a Base, Helper, Manager, Utils, Common or Shared.");
    }

    [Fact]
    public void There_are_no_regions_and_nothing_is_left_to_do()
    {
        var marks = Tree.Sources.Concat(Tree.Tests).Where(file => Mark().IsMatch(Tree.Text(file)));

        marks.ShouldBeEmpty("a region hides that a file is too long; what is left to do is done, or written in an issue.");
    }

    [Theory]
    [InlineData("StringUtils", true)]
    [InlineData("LinkBase", true)]
    [InlineData("Common", true)]
    [InlineData("Database", false)]
    [InlineData("Baseline", false)]
    public void The_rule_knows_empty_names(string name, bool isEmpty) => EmptyName().IsMatch(name).ShouldBe(isEmpty);

    [GeneratedRegex(@"\binterface (I[A-Z]\w*)")]
    private static partial Regex Interface();

    [GeneratedRegex("(Base|Helper|Helpers|Manager|Utils|Util|Common|Shared)$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^\s*#region|\bTO" + @"DO\b|\bFIX" + @"ME\b", RegexOptions.Multiline)]
    private static partial Regex Mark();
}
