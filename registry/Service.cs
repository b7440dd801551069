namespace GroupTicketing.Registry;

/// <summary>A service of a brique; a service in iTop.</summary>
/// <param name="Aliases">Other names schools use for it. Default none.</param>
/// <param name="SousServices">At least one; names and aliases are unique within the service.</param>
public sealed record Service(string Name, IReadOnlyList<string> Aliases, IReadOnlyList<SousService> SousServices)
{
    /// <summary>The sous-service of that name or alias, or null.</summary>
    public SousService? Find(string? sousService) =>
        SousServices.FirstOrDefault(s => Words.Names(sousService, s.Name, s.Aliases));
}

/// <summary>What exactly is asked for; a service subcategory in iTop.</summary>
/// <param name="RequestType">Written <c>incident</c> or <c>service_request</c>, as iTop writes it.</param>
/// <param name="Team">The iTop team that solves it. Default: the brique's.</param>
/// <param name="Aliases">Other names schools use for it. Default none.</param>
public sealed record SousService(string Name, RequestType RequestType, string? Team, IReadOnlyList<string> Aliases);

/// <summary>Something is broken, or something is asked for.</summary>
public enum RequestType
{
    Incident,
    ServiceRequest,
}
