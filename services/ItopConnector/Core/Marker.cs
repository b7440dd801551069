using System.Text.RegularExpressions;
using GroupTicketing.Contracts;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>Our key in iTop: <c>lyon:4512</c>, the generation after a slash. Where our module is installed it is an
/// attribute; stock iTop 3.2 has no field for another system's reference, and there it begins the title:
/// <c>[lyon:4512]</c>.</summary>
public static partial class Marker
{
    /// <summary>Our module's attribute of UserRequest.</summary>
    public const string Attribute = "external_ref";

    /// <summary>Of a group ticket asked for. An id that a title cannot hold plainly is told by a hash.</summary>
    public static string KeyOf(Asked asked)
    {
        var ticket = asked.Ticket;
        var id = Plain().IsMatch(ticket.Id) ? ticket.Id : asked.Heading.TicketId.ToString("N")[..12];
        return ticket.Generation == 1 ? $"{asked.Heading.School}:{id}" : $"{asked.Heading.School}:{id}/{ticket.Generation}";
    }

    /// <summary>The key as a title begins with it.</summary>
    public static string For(Asked asked) => $"[{KeyOf(asked)}]";

    /// <summary>The ticket whose key a title bears, or null. Titles come from people: what looks like a key is still
    /// checked against the ticket's own document.</summary>
    public static Guid? TicketOf(string title) =>
        Key().Match(title) is { Success: true } match ? TicketIds.OfSchool(match.Groups[1].Value, match.Groups[2].Value) : null;

    /// <summary>The key a title begins with, as <see cref="KeyOf"/> makes it, or null.</summary>
    public static string? KeyIn(string title) => Key().Match(title) is { Success: true } match ? match.Value[1..^1] : null;

    /// <summary>Whether a request bears the key of the one asked for.</summary>
    public static bool IsOn(ItopRead read, Asked asked) => read.Bears.StartsWith(For(asked), StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,40}$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^\[([a-z0-9-]{1,32}):([A-Za-z0-9._-]{1,40})(?:/\d{1,4})?\]")]
    private static partial Regex Key();
}
