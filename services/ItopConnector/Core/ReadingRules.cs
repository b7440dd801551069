namespace GroupTicketing.ItopConnector.Core;

/// <summary>What readings need to know of the group's iTop.</summary>
/// <param name="ReturnTeam">The team that gives a ticket back to its school.</param>
/// <param name="WebUrl">iTop's address for people, with a slash at its end.</param>
/// <param name="Schools">The schools whose keys are ours; null: whatever has the form of a key is one.</param>
/// <param name="Group">The group's own organisation in iTop.</param>
public sealed record ReadingRules(string ReturnTeam, string WebUrl, IReadOnlySet<string>? Schools = null, string Group = "")
{
    /// <summary>Whether it is a key of a school: people write brackets and colons, too.</summary>
    public bool Knows(string key) => Schools is null || Schools.Contains(key[..key.IndexOf(':')]);

    public string Url(string itopId) => $"{WebUrl}pages/UI.php?operation=details&class=UserRequest&id={itopId}";
}
