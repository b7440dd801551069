using System.Text.RegularExpressions;
using GroupTicketing.Simulators.Itop.Model;

namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>What an attribute says, the derived ones included: names, mirrored attributes of other objects,
/// obsolescence.</summary>
public static partial class Reading
{
    public static object? Read(this ItopStore store, ItopObject from, ItopAttribute attribute) => attribute.Kind switch
    {
        "external" => Mirrored(store, from, attribute),
        "name" => store.FriendlyName(from),
        "obsolete" => IsObsolete(from),
        "meta" => OperationalStatus(from.Text("status")),
        "sub" => Escalation.Read(store, from, attribute.Code),
        "final" => from.Model.Find(attribute.Code)?.Default,
        "password" => "*****",
        _ => from.Values.TryGetValue(attribute.Code, out var value) ? value : attribute.Unset,
    };

    public static object? Read(this ItopStore store, ItopObject from, string code)
    {
        if (code == "id")
            return $"{from.Id}";
        return from.Model.Find(code) is { } attribute ? store.Read(from, attribute) : null;
    }

    public static string FriendlyName(this ItopStore store, ItopObject of) =>
        Placeholder().Replace(of.Model.FriendlyName, match => store.Read(of, match.Groups[1].Value) as string ?? "");

    /// <summary>The object a key attribute points to.</summary>
    public static ItopObject? Follow(this ItopStore store, ItopObject from, string key)
    {
        var attribute = from.Model.Find(key)!;
        var id = int.TryParse(store.Read(from, attribute) as string, out var number) ? number : 0;
        return id == 0 ? null : store.Find(DataModel.TargetOf(from.Model, attribute), id);
    }

    private static object? Mirrored(ItopStore store, ItopObject from, ItopAttribute attribute)
    {
        var target = store.Follow(from, attribute.Of!);
        if (target is null)
            return DataModel.TargetOf(from.Model, attribute) is null ? "" : "0";
        var value = store.Read(target, attribute.From!);
        return value is bool flag ? (flag ? "1" : "") : value;
    }

    private static bool IsObsolete(ItopObject contact) => contact.Text("status") == "inactive";

    private static string OperationalStatus(string status) => status switch
    {
        "resolved" => "resolved",
        "closed" or "rejected" => "closed",
        _ => "ongoing",
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
