using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <param name="Name">The friendly name of the account's contact: what iTop signs log entries with.</param>
/// <param name="Administrator">Administrators may write every class, delete, and write a log entry in another's name.</param>
/// <param name="Language">"FR FR" or "EN US": that of the validation messages.</param>
public sealed record Account(int Id, string Login, string ContactId, string Name, bool Administrator, string Language)
{
    private static readonly string[] AgentWrites = ["UserRequest", "Attachment"];

    private static readonly string[] OnlyAdministratorsRead =
    [
        "User", "UserLocal", "URP_Profiles", "URP_UserProfile", "URP_UserOrg", "ModuleInstallation",
        "TriggerOnObjectCreate", "TriggerOnObjectUpdate", "TriggerOnStateEnter", "ActionEmail", "lnkTriggerAction",
    ];

    /// <summary>Whether it has a profile that gives rights on classes.</summary>
    public bool IsAgent { get; init; } = true;

    /// <summary>Whether it has the profile Configuration Manager, too.</summary>
    public bool IsConfigurationManager { get; init; }

    /// <summary>The ids of the organisations it may see; none: all.</summary>
    public string[] Organisations { get; init; } = [];

    public void MayWrite(string verb, string itopClass)
    {
        var mayWrite =
            (IsAgent && AgentWrites.Contains(itopClass)) || (IsConfigurationManager && itopClass is "Person" or "Team");
        if (!Administrator && !mayWrite)
            throw Refusal.Rights(verb, itopClass);
    }

    /// <summary>Whether a profile made for it lets it read the change history, which no standard profile but the
    /// administrator's does.</summary>
    public bool ReadsHistory { get; init; }

    public void MayRead(string itopClass)
    {
        var forAdministrators =
            OnlyAdministratorsRead.Contains(itopClass)
            || (!ReadsHistory && itopClass.StartsWith("CMDBChange", StringComparison.Ordinal));
        if (!Administrator && (!IsAgent || forAdministrators))
            throw Refusal.Rights("reading", itopClass);
    }

    /// <summary>An object of another organisation is as if it were not there.</summary>
    public bool Sees(ItopObject one)
    {
        if (Organisations.Length == 0)
            return true;
        var organisation =
            one.Class == "Organization" ? $"{one.Id}"
            : one.Model.Find("org_id") is { Kind: "key" } ? one.Text("org_id")
            : null;
        return organisation is null || Organisations.Contains(organisation);
    }
}
