using GroupTicketing.Contracts;

namespace GroupTicketing.Tests.Contracts;

/// <summary>
/// A release that does not know a value cannot read the message that holds it: on RabbitMQ it is put aside, embedded
/// its stream waits, and that ticket stands still until the upgrade. So a
/// value is read one release before it is said: new ones may be listened for, and their speakers may not name them yet.
/// </summary>
public class EnumValues
{
    static readonly Type[] enums = [.. typeof(Fact).Assembly.GetExportedTypes().Where(type => type.IsEnum)];

    static readonly Dictionary<string, string> folders = new()
    {
        ["intake"] = "Intake",
        ["routing"] = "Routing",
        ["itop"] = "ItopConnector",
        ["notification"] = "Notification",
        ["portal"] = "Console",
    };

    [Fact]
    public void A_value_that_the_release_before_does_not_know_is_not_said_yet() =>
        Said(enums.SelectMany(NewIn(LastKept()))).ShouldBeEmpty("say it in the next release");

    [Fact]
    public void The_rule_finds_who_says_a_value()
    {
        Said([(typeof(GroupWish), "Withdraw")]).ShouldContain("services/Routing/Core/FromSchool.cs: GroupWish.Withdraw");
        Said([(typeof(GroupWish), "OfALaterRelease")]).ShouldBeEmpty();
        NewIn("enum GroupTicketing.Contracts.GroupWish\n  Comment = 0\n\nenum Other\n  Attach = 1\n")(typeof(GroupWish))
            .ShouldContain((typeof(GroupWish), "Attach"));
        enums.SelectMany(NewIn("")).Count().ShouldBeGreaterThan(10);
    }

    static string LastKept() =>
        File.ReadAllText(
            Directory.GetDirectories(Tree.Path("tests/fixtures"))
                .OrderBy(folder => Version.Parse(Path.GetFileName(folder)))
                .Select(folder => Path.Combine(folder, "contracts.txt"))
                .Last()
        );

    static Func<Type, IEnumerable<(Type Of, string Value)>> NewIn(string before) =>
        type =>
        {
            var known = before
                .Split("\n\n")
                .FirstOrDefault(part => part.StartsWith($"enum {type.FullName}\n", StringComparison.Ordinal))
                ?? "";
            return Enum.GetNames(type).Where(name => !known.Contains($"\n  {name} = ")).Select(name => (type, name));
        };

    static IEnumerable<string> Said(IEnumerable<(Type Of, string Value)> values) =>
        from value in values
        from speaker in Listeners
            .Table.Where(row => row.Facts.Any(fact => Holds(fact, value.Of)))
            .Select(row => row.Speaker)
            .Distinct()
        from file in Directory.GetFiles(Tree.Path($"services/{folders[speaker]}"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/") && File.ReadAllText(file).Contains($"{value.Of.Name}.{value.Value}")
        select $"{Path.GetRelativePath(Tree.Root, file)}: {value.Of.Name}.{value.Value}";

    static bool Holds(Type type, Type searched) =>
        ContractText
            .Primary(type)
            ?.GetParameters()
            .Select(parameter => parameter.ParameterType)
            .Select(inner => Nullable.GetUnderlyingType(inner) ?? (inner.IsGenericType ? inner.GetGenericArguments()[0] : inner))
            .Any(inner => inner == searched || (inner.Assembly == searched.Assembly && !inner.IsEnum && Holds(inner, searched)))
        ?? false;
}
