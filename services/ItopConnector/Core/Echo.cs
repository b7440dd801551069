using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>
/// Which entries of a public log are ours: by the account that wrote them and by what we wanted to write, which is kept
/// before the call is made. Never by how they end alone: people quote us.
/// And which files.
/// </summary>
public static class Echo
{
    /// <summary>Of each entry, whether it is ours.</summary>
    public static IReadOnlyList<bool> Recognise(GroupTicket ticket, ItopRead read)
    {
        var wanted = ticket.Entries.ToDictionary(entry => entry.Number);
        return [.. read.Log.Select(entry => IsOurs(ticket, wanted, entry))];
    }

    /// <summary>Whether our account wrote it, as far as is known.</summary>
    public static bool IsByUs(GroupTicket ticket, LogRead entry) => ticket.Account is { } ours && entry.Account == ours;

    /// <summary>The account that wrote an entry of ours, as iTop shows it.</summary>
    public static string? Account(ItopRead read, string text) =>
        read.Log.LastOrDefault(entry => EntryText.IsSame(entry.Text, text))?.Account;

    /// <summary>A file's name where we put it in iTop. Its bytes alone say nothing: all empty files are the same.</summary>
    public static string NameOf(FileClaim file) => FileClaim.PlainName(Whole(file));

    /// <summary>Whether a file in iTop has the name that we gave it, this release or the one before, which let the
    /// longest become longer.</summary>
    public static bool HasNameOf(FileClaim file, string? name) => name == NameOf(file) || name == Whole(file);

    /// <summary>Whether a file that was read in iTop is one that we put there.</summary>
    public static bool IsOurs(GroupTicket ticket, FileClaim found) =>
        ticket.Sent.Contains(found.Sha256) && found.Name.StartsWith(Prefix(found), StringComparison.Ordinal);

    static string Whole(FileClaim file) => $"{Prefix(file)}{file.Name}";

    static string Prefix(FileClaim file) => $"{file.Sha256[..6]}-";

    static bool IsOurs(GroupTicket ticket, Dictionary<int, Entry> wanted, LogRead entry)
    {
        if (EntryText.NumberOf(entry.Text, ticket.Asked!.SchoolName) is not { } number)
            return false;
        var wish = wanted.GetValueOrDefault(number);
        var isWanted = wish is not null && EntryText.IsSame(wish.Text, entry.Text);
        // Its answer was not heard yet: whoever iTop says wrote it, nobody else knows this text.
        if (isWanted && !wish!.Written)
            return true;
        // Nothing was written yet that its account is known by: what was wanted, or what a restore has forgotten.
        if (ticket.Account is null || entry.Account is null)
            return isWanted || wish is null || wish.Forgotten;
        return entry.Account == ticket.Account;
    }
}
