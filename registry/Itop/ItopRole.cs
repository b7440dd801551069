namespace GroupTicketing.Registry;

/// <summary>What an account is for, and the least profiles of stock iTop for that.</summary>
/// <param name="Name">As the file writes it.</param>
/// <param name="Profiles">By their names in iTop.</param>
/// <param name="Language">The account's language when it is made; kept so only for the connector's, whose messages are
/// read by a program.</param>
public sealed record ItopRole(string Name, IReadOnlyList<string> Profiles, string Language)
{
    /// <summary>Solves tickets of every school: sees the group's organisation and the schools below it.</summary>
    public static readonly ItopRole Intervenant = new("intervenant", ["Support Agent"], "FR FR");

    /// <summary>A school's support: sees its own organisation's tickets, in the portal, where no private log is shown.</summary>
    public static readonly ItopRole Support = new("support", ["Portal user", "Portal power user"], "FR FR");

    /// <summary>The account GroupTicketing writes with: sees all.</summary>
    public static readonly ItopRole Connector = new(
        "connector",
        ["REST Services User", "Support Agent", "Service Desk Agent"],
        "EN US"
    );

    public static readonly IReadOnlyList<ItopRole> All = [Intervenant, Support, Connector];

    /// <summary>The role that gives exactly these profiles, or null.</summary>
    public static ItopRole? From(IEnumerable<string> profiles)
    {
        var given = profiles.ToHashSet();
        return All.FirstOrDefault(role => given.SetEquals(role.Profiles));
    }
}
