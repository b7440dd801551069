using System.Text.Json;
using GroupTicketing.Simulators.Itop.Model;
using GroupTicketing.Simulators.Itop.Oql;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>How a call names objects: id, criteria object or OQL.</summary>
public static class Keys
{
    /// <summary>Any number of objects, as core/get and core/delete take them.</summary>
    public static IEnumerable<ItopObject> Many(ItopStore store, Account account, ItopClass itopClass, JsonElement key) =>
        Found(store, account, itopClass, key).Where(account.Sees);

    private static IEnumerable<ItopObject> Found(ItopStore store, Account account, ItopClass itopClass, JsonElement key)
    {
        if (AsId(key) is { } id)
            return store.Find(itopClass.Name, id) is { } found ? [found] : [];
        if (key.ValueKind == JsonValueKind.Object)
            return ByCriteria(store, account, itopClass, key);
        if (key.ValueKind != JsonValueKind.String)
            throw Refusal.Error("Wrong format for key");
        var query = key.GetString()!;
        try
        {
            return store.Select(OqlParser.Parse(query));
        }
        catch (OqlError e)
        {
            throw Refusal.Error(
                $"Query failed to execute: query = {query}, exception_class = {e.ExceptionClass}, exception_message = {e.Message}"
            );
        }
    }

    /// <summary>Exactly one object, as writes and external keys take it.</summary>
    public static ItopObject One(ItopStore store, Account account, ItopClass itopClass, JsonElement key)
    {
        if (AsId(key) is { } id)
            return (store.Find(itopClass.Name, id) is { } found && account.Sees(found) ? found : null)
                ?? throw Refusal.Error($"Invalid object {itopClass.Name}::{id}");
        if (key.ValueKind == JsonValueKind.Object)
            return Single(
                [.. ByCriteria(store, account, itopClass, key).Where(account.Sees)],
                $"with criteria: {Described(key)}"
            );
        if (key.ValueKind != JsonValueKind.String)
            throw Refusal.Error("Wrong format for key");
        try
        {
            var query = key.GetString()!;
            return Single([.. store.Select(OqlParser.Parse(query)).Where(account.Sees)], $"for query: {query}");
        }
        catch (OqlError e)
        {
            throw Refusal.Error(e.Message);
        }
    }

    public static int? AsId(JsonElement key) => key.ValueKind switch
    {
        JsonValueKind.Number => key.TryGetInt32(out var number) ? number : 0,
        JsonValueKind.String => int.TryParse(key.GetString(), out var number) ? number : null,
        _ => null,
    };

    private static ItopObject Single(ItopObject[] found, string how) => found.Length switch
    {
        1 => found[0],
        0 => throw Refusal.Error($"No item found {how}"),
        _ => throw Refusal.Error($"Several items found ({found.Length}) {how}"),
    };

    private static IEnumerable<ItopObject> ByCriteria(ItopStore store, Account account, ItopClass itopClass, JsonElement criteria)
    {
        var found = store.All(itopClass.Name);
        foreach (var wanted in criteria.EnumerateObject())
        {
            var attribute = itopClass.Find(wanted.Name) ?? throw Refusal.Error($"{wanted.Name}: Unknown attribute");
            var value =
                attribute.Kind == "key" ? FieldValues.KeyOf(store, account, attribute, wanted.Value) : wanted.Value.ToString();
            found = found.Where(o =>
                string.Equals(store.Read(o, attribute) as string, value, StringComparison.OrdinalIgnoreCase)
            );
        }
        return found;
    }

    private static string Described(JsonElement criteria) =>
        string.Join(", ", criteria.EnumerateObject().Select(c => $"{c.Name}: {c.Value} ({c.Value})"));
}
