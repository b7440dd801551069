namespace GroupTicketing.ItopConnector.Core;

/// <summary>An entry to be written, against what stands in iTop: after a crash or a restore it may be there already, or
/// another under its number.</summary>
/// <param name="Text">As it stands, or is to be written; null for a wish without one.</param>
/// <param name="Number">Its visible number.</param>
/// <param name="IsThere">Whether it stands there.</param>
public readonly record struct Wanting(string? Text, int? Number, bool IsThere)
{
    /// <param name="read">The ticket as it is; null when nothing is in doubt.</param>
    public static Wanting From(GroupTicket ticket, ItopCall.Write call, ItopRead? read)
    {
        if (call is not { Text: { } text, Number: { } number } || read is null)
            return new(call.Text, call.Number, false);
        var school = ticket.Asked!.SchoolName;
        var others = ticket
            .Entries.Where(entry => entry.Written && !entry.Forgotten && entry.Number != number)
            .Select(entry => entry.Number)
            .ToHashSet();
        var ours = read
            .Log.Where(entry => ticket.Account is null || entry.Account is null || entry.Account == ticket.Account)
            .Select(entry => (entry.Text, Number: EntryText.NumberOf(entry.Text, school) ?? 0))
            .Where(entry => entry.Number > 0)
            .ToList();
        foreach (var there in ours.Where(entry => !others.Contains(entry.Number) && EntryText.IsSame(entry.Text, text)))
            return new(there.Text, there.Number, true);
        if (ours.TrueForAll(entry => entry.Number != number))
            return new(text, number, false);
        var free = ours.Select(entry => entry.Number).Concat(ticket.Entries.Select(entry => entry.Number)).Max() + 1;
        return new(EntryText.Renumbered(text, school, free), free, false);
    }
}
