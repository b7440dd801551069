namespace GroupTicketing.Registry;

/// <summary>One of the group's shared digital services; a service family in iTop.</summary>
/// <param name="Name">At most 255 characters, as every name here.</param>
/// <param name="Aliases">Other names schools use for it. Default none.</param>
/// <param name="Pilot">Whether the group takes its tickets yet. Default false: the school is politely refused.</param>
/// <param name="Team">The iTop team that solves, unless a sous-service or a route names another.</param>
/// <param name="Intervenants">Who can solve; at least one.</param>
/// <param name="Services">At least one; names and aliases are unique within the brique.</param>
/// <param name="ToQualify">Where a ticket goes whose service is not known. A brique of the pilot must have it.</param>
public sealed record Brique(
    string Name,
    IReadOnlyList<string> Aliases,
    bool Pilot,
    string Team,
    IReadOnlyList<Intervenant> Intervenants,
    IReadOnlyList<Service> Services,
    ToQualify? ToQualify)
{
    /// <summary>The service of that name or alias, or null.</summary>
    public Service? Find(string? service) => Services.FirstOrDefault(s => Words.Names(service, s.Name, s.Aliases));
}

/// <summary>The brique's "À qualifier", by the name of its service and sous-service, both of this brique.</summary>
public sealed record ToQualify(string Service, string SousService);

/// <summary>Someone who can solve a problem with a brique, wherever they sit.</summary>
/// <param name="Name">Unique within the brique.</param>
/// <param name="School">The slug of one of the group's schools; null when not given, which the loader warns about.</param>
/// <param name="Email">Null when not known.</param>
public sealed record Intervenant(string Name, string? School, string? Email);
