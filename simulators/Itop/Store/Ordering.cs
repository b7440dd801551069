namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>The order iTop shows objects in: the class's own, which a caller cannot choose.</summary>
public static class Ordering
{
    public static List<ItopObject> Ordered(this ItopStore store, IEnumerable<ItopObject> found)
    {
        var list = found.ToList();
        if (list.Count < 2)
            return list;
        var order = list[0].Model;
        var keyed = list.Select(o => (Object: o, Key: store.Read(o, order.OrderBy) as string ?? ""));
        var sorted = order.Descending
            ? keyed.OrderByDescending(k => k.Key, StringComparer.OrdinalIgnoreCase)
            : keyed.OrderBy(k => k.Key, StringComparer.OrdinalIgnoreCase);
        return [.. sorted.ThenBy(k => k.Object.Id).Select(k => k.Object)];
    }
}
