using System.Globalization;
using System.Text.RegularExpressions;
using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>How our entries read in iTop: who wrote, from which school's ticket, when; and at the end a small number by
/// which they are found again.</summary>
public static partial class EntryText
{
    /// <summary>The whole entry.</summary>
    public static string For(Asked asked, Author? author, DateTimeOffset at, string text, int number) =>
        $"{Who(author)} ({asked.SchoolName}, "
        + $"ticket {asked.Ticket.Number}, {ItopTime.Shown(at)})\n{text.Trim()}\n{Mark(asked.SchoolName, number)}";

    /// <summary>The number of an entry of ours for that school, or null for another's.</summary>
    public static int? NumberOf(string text, string schoolName) =>
        Ending().Match(text) is { Success: true } match && match.Groups[1].Value == schoolName
            ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The number an entry ends with, whoever's.</summary>
    public static int? AnyNumberOf(string text) =>
        Ending().Match(text) is { Success: true } match
            ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Whether two entries say the same, whatever their numbers and however a tool breaks their lines.</summary>
    public static bool IsSame(string one, string other) => Words(one).SequenceEqual(Words(other));

    /// <summary>The same entry under another number.</summary>
    public static string Renumbered(string text, string schoolName, int number) =>
        $"{Ending().Replace(text, "").TrimEnd()}\n{Mark(schoolName, number)}";

    /// <summary>What its author wrote, of an entry of ours.</summary>
    public static string Body(string text)
    {
        var entry = Ending().Replace(text, "");
        return entry[(entry.IndexOf('\n') + 1)..].Trim();
    }

    static IEnumerable<string> Words(string text) =>
        Ending().Replace(text, "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static string Who(Author? author) => author switch
    {
        { Name: { Length: > 0 } name } => name,
        { Role: Role.Requester } => "Demandeur",
        _ => "Support",
    };

    static string Mark(string schoolName, int number) => $"— {schoolName} · n° {number}";

    [GeneratedRegex(@"— ([^\n]{1,100}) · n° ([0-9]{1,6})\s*$")]
    private static partial Regex Ending();
}
