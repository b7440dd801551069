namespace GroupTicketing.Registry;

/// <summary>The group as iTop knows it.</summary>
/// <param name="Name">For people: "Groupe INSA".</param>
/// <param name="Organisation">The organisation in iTop that owns the group's teams and parent requests.</param>
/// <param name="TriageTeam">The C2IP's team in iTop: what finds no brique waits there.</param>
/// <param name="ReturnTeam">Assigning a group ticket to this team gives it back to its school. Default "Retour école".</param>
/// <param name="ConnectorContact">The iTop person of the account the connector writes with; its acts are echoes.</param>
/// <param name="Schools">Every school of the group, whether or not it has a file or takes part in the pilot.</param>
public sealed record Group(
    string Name,
    string Organisation,
    string TriageTeam,
    string ReturnTeam,
    string ConnectorContact,
    IReadOnlyList<GroupSchool> Schools);

/// <summary>A school's short and full name.</summary>
/// <param name="Slug">Lower-case letters, digits and hyphens, at most 32; used in addresses, keys and file names.</param>
/// <param name="Name">For people: "INSA Lyon".</param>
public sealed record GroupSchool(string Slug, string Name);
