using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>core/get_related: the objects asked for, since nothing simulated is in a relation. An unknown relation is
/// no error.</summary>
public sealed class RelatedObjects(ItopStore store)
{
    private static readonly string[] Codes = ["id", "friendlyname"];

    public Answer Answer(Call call)
    {
        var found = Keys.Many(store, call.Account, call.Class, call.Key).ToArray();
        var direction = call.Optional("direction") ?? "down";
        if (direction is not ("up" or "down"))
        {
            var problem = $"Invalid value: '{direction}' for the parameter 'direction'. Valid values are 'up' and 'down'";
            return new Answer(Refusal.Internal, problem, null) { WithRelations = true };
        }
        var counts = string.Join(", ", found.GroupBy(o => o.Class).Select(g => $"{g.Key}= {g.Count()}"));
        return new Answer(0, $"Scope: {found.Length}; Related objects: {counts}", [.. found.Select(o => new Shown(o, "", Codes))])
        {
            WithRelations = true,
        };
    }
}
