namespace GroupTicketing.ItopConnector.Core;

/// <summary>Two requests in iTop with one key of ours: one is kept.</summary>
public static class Twins
{
    /// <summary>Kept is the one the school was told; if none was, the one with a person's entry or agent; else the
    /// lower id. The others are given up, but for one that is worked on while the kept one is told
    /// or worked on as well: that is for a person.</summary>
    public static (ItopRead? Kept, IReadOnlyList<ItopRead> Others, ItopRead? Disputed) Choose(
        IEnumerable<ItopRead> found,
        string? told
    )
    {
        var ranked = found
            .OrderBy(read =>
                read.Id == told ? 0
                : IsWorkedOn(read) ? 1
                : 2
            )
            .ThenBy(read => long.Parse(read.Id))
            .ToList();
        List<ItopRead> others = [.. ranked.Skip(1)];
        return (ranked.FirstOrDefault(), others, others.Find(IsWorkedOn));
    }

    /// <summary>Whether a reading is of a twin of the ticket's own request that nobody has dealt with yet.</summary>
    public static bool IsNew(GroupTicket ticket, ItopRead read) =>
        ticket is { ItopId: { } own, Stopped: null, Asked: { } asked }
        && read.Id != own
        && !ticket.Twins.Contains(read.Id)
        && Binding.IsAsked(read, asked);

    // A request without an entry of ours: whatever stands in its log is a person's.
    static bool IsWorkedOn(ItopRead read) => read.Log.Count > 0 || !string.IsNullOrEmpty(read.Agent);
}
