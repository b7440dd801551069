namespace GroupTicketing.ItopConnector.Core;

/// <summary>A mail iTop sends by itself.</summary>
/// <param name="On">The trigger's class, what it watches (a state, fields) after a colon.</param>
/// <param name="To">Its recipients' queries, all of them.</param>
/// <param name="IsEnabled">Or it is a try, or off.</param>
/// <param name="Context">Through which doors a save must come, by iTop's codes; empty: through any.</param>
public sealed record Mailing(string Name, string On, string To, bool IsEnabled, string Context = "")
{
    /// <summary>On a request that we open.</summary>
    public bool IsOnCreation => On.StartsWith("TriggerOnObjectCreate", StringComparison.Ordinal) && IsOnOurSaves;

    /// <summary>On an assignment, or on an entry of ours in the public log.</summary>
    public bool IsForAgents => On is "TriggerOnStateEnter:assigned" || (IsOnTheLog && IsOnOurSaves);

    bool IsOnTheLog =>
        On.StartsWith("TriggerOnObjectUpdate:", StringComparison.Ordinal) && On.Contains("public_log", StringComparison.Ordinal);

    bool IsOnOurSaves => Context.Length == 0 || Context.Contains("REST/JSON", StringComparison.Ordinal);

    public bool Reaches(string whom) => IsEnabled && To.Contains($":this->{whom}", StringComparison.Ordinal);

    /// <summary>What is said of all of them.</summary>
    public static IEnumerable<Finding> Findings(Observed seen)
    {
        var (mailings, callersAreRequesters) = (seen.Mailings, seen.CallersAreRequesters);
        if (seen.TeamsWithoutAddress.Count > 0)
            yield return new(Health.Ailing, "MailAddress", string.Join(", ", seen.TeamsWithoutAddress));
        if (mailings is null)
        {
            yield return new(Health.Untold, "MailUntold");
            yield break;
        }
        yield return mailings.Any(one => one.IsOnCreation && one.Reaches("team_id"))
            ? new(Health.Well, "MailTeam")
            : new(Health.Ailing, "MailTeamMissing");
        yield return mailings.Any(one => one.IsForAgents && one.Reaches("agent_id"))
            ? new(Health.Well, "MailAgent")
            : new(Health.Ailing, "MailAgentMissing");
        var toCallers = mailings.Where(one => one.Reaches("caller_id")).Select(one => one.Name).ToList();
        if (toCallers.Count == 0)
            yield return new(Health.Well, "MailCallerNone");
        else
            yield return new(
                callersAreRequesters ? Health.Broken : Health.Ailing,
                callersAreRequesters ? "MailRequester" : "MailCaller",
                string.Join(", ", toCallers)
            );
    }
}
