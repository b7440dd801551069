using System.Text.Json;

namespace GroupTicketing.Simulators.Itop.Model;

/// <summary>The classes of iTop 3.2.0 community that a connector meets, read from the embedded <c>model.json</c> and
/// <c>administration.json</c>.</summary>
public static class DataModel
{
    private static readonly Dictionary<string, ItopClass> Stock = Load();

    private static readonly Dictionary<string, ItopClass> Extended = new(Stock)
    {
        [OptionalModule.Known.Of] = OptionalModule.Known.Over(Stock[OptionalModule.Known.Of]),
    };

    private static readonly Dictionary<string, string[]> LeavesOf = Stock.Values
        .Where(c => c.Root != c.Name)
        .GroupBy(c => c.Root, c => c.Name)
        .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static Dictionary<string, ItopClass> ByName => OptionalModule.IsInstalled ? Extended : Stock;

    public static IEnumerable<string> ClassNames => ByName.Keys;

    public static ItopClass? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    public static ItopClass Get(string name) => ByName[name];

    /// <summary>The class and, of an abstract one such as Ticket or Contact, those whose objects it has.</summary>
    public static IEnumerable<string> Leaves(string name) => LeavesOf.GetValueOrDefault(name) ?? [name];

    /// <summary>The keys of all classes that may point to an object of this class.</summary>
    public static IEnumerable<(ItopClass Class, ItopAttribute Key)> KeysTo(string name) =>
        from itopClass in ByName.Values
        where Leaves(itopClass.Name).Contains(itopClass.Name)
        from attribute in itopClass.Attributes
        where attribute.Kind == "key" && attribute.Target is { } target && Leaves(target).Contains(name)
        select (itopClass, attribute);

    /// <summary>The class a key points to, also through an attribute that mirrors another class's key.</summary>
    public static string? TargetOf(ItopClass itopClass, ItopAttribute attribute)
    {
        if (attribute.Kind != "external")
            return attribute.Target;
        var through = itopClass.Find(attribute.Of!);
        var target = through is null ? null : Find(TargetOf(itopClass, through));
        var mirrored = target?.Find(attribute.From!);
        return mirrored is null ? null : TargetOf(target!, mirrored);
    }

    private static Dictionary<string, ItopClass> Load() =>
        Classes("itop-model.json").Concat(Classes("itop-administration.json")).ToDictionary(c => c.Name, StringComparer.Ordinal);

    private static ItopClass[] Classes(string resource)
    {
        using var stream = typeof(DataModel).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<ItopClass[]>(stream, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
    }
}
