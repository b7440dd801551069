using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>What iTop computes on every write of a UserRequest.</summary>
public static class TicketRules
{
    private static readonly string[][] Priorities = [["1", "1", "2", "4"], ["1", "2", "3", "4"], ["2", "3", "3", "4"]];

    public static void Compute(ItopStore store, ItopObject? before, Dictionary<string, object?> changes)
    {
        var ticket = (before ?? new ItopObject("UserRequest", 0, changes)).With(changes);
        if (int.TryParse(ticket.Text("impact"), out var impact) && int.TryParse(ticket.Text("urgency"), out var urgency)
            && impact is >= 1 and <= 3 && urgency is >= 1 and <= 4)
            changes["priority"] = Priorities[impact - 1][urgency - 1];
        if (ticket.Text("request_type") == "" && store.Follow(ticket, "servicesubcategory_id") is { } subcategory)
            changes["request_type"] = subcategory.Text("request_type");
    }

    /// <summary>Only what differs from the object as loaded: saving the same again writes nothing.</summary>
    public static Dictionary<string, object?> Differences(ItopStore store, ItopObject loaded, Dictionary<string, object?> changes)
    {
        var different = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (code, value) in changes)
            if (!Same(loaded.Model.Find(code) is { } known ? store.Read(loaded, known) ?? known.Unset : null, value))
                different[code] = value;
        return different;
    }

    private static bool Same(object? before, object? after) =>
        before is LogEntry[] a && after is LogEntry[] b ? a.SequenceEqual(b)
        : after is LogEntry[] added ? added.Length == 0
        : Equals(before, after);
}
