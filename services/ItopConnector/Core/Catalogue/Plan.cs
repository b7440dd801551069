using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What a catalogue asks for × what an iTop has → what is to be made and changed, and what only a person can
/// settle. Nothing is ever deleted.</summary>
public static class Plan
{
    // iTop has many more of these than the pilot's: only those of a thing in the file are told.
    static readonly ItopKind[] others = [ItopKind.Profile, ItopKind.Person, ItopKind.Account];

    public static IReadOnlyList<PlanLine> From(IReadOnlyList<ItopItem> wanted, InItop has)
    {
        var found = has.Found.ToLookup(one => one.Item.Key);
        var lines = wanted
            .Where(item => !has.Closed.Contains(item.Kind))
            .OrderBy(item => item.Kind)
            .Select(item => Line(item, found))
            .OfType<PlanLine>()
            .ToList();
        var known = wanted.Select(item => item.Key).ToHashSet();
        var unknown = has
            .Found.Where(one => !known.Contains(one.Item.Key) && IsTold(one.Item, known))
            .Select(PlanLine (one) => new PlanLine.Unknown(one.Item));
        return [.. lines, .. unknown];
    }

    static PlanLine? Line(ItopItem item, ILookup<(ItopKind, string), Found> found)
    {
        if (item.Says.TryGetValue("profile", out var profile) && !found.Contains(ItopItem.KeyOf(ItopKind.Profile, profile)))
            return new PlanLine.Missing(item, profile);
        var same = found[item.Key].ToList();
        if (same.Count == 0)
            return new PlanLine.Create(item);
        if (same.Count > 1)
            return new PlanLine.Several(item, [.. same.Select(one => one.Id)]);
        var differs = Differ(item, same[0].Item).ToList();
        return differs.Count == 0 ? null : new PlanLine.Change(item, same[0].Id, differs);
    }

    static IEnumerable<Differs> Differ(ItopItem item, ItopItem found) =>
        from field in ItopClasses.For(item.Kind).Fields
        where item.Says.ContainsKey(field.Says)
        let becomes = item.Says[field.Says]
        let was = found.Says.GetValueOrDefault(field.Says)
        where field.To is null ? was != becomes : !Words.Same(was, becomes)
        select new Differs(field.Says, was, becomes);

    static bool IsTold(ItopItem item, HashSet<(ItopKind, string)> known) => item.Kind switch
    {
        ItopKind.Grant or ItopKind.Silo => known.Contains(ItopItem.KeyOf(ItopKind.Account, item.Says["account"])),
        var kind => !others.Contains(kind),
    };
}
