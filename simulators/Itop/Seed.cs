namespace GroupTicketing.Simulators.Itop;

/// <summary>The catalogue and the people a fresh simulator starts with.</summary>
/// <param name="Briques">Service families, each with its services and their sous-services.</param>
/// <param name="Teams">Support teams; members by login or e-mail.</param>
/// <param name="Contracts">Which organisation has a right to which services, each written "brique &gt; service".</param>
public sealed record Seed(
    string[]? Organisations,
    SeedBrique[]? Briques,
    SeedTeam[]? Teams,
    SeedPerson[]? People,
    SeedAccount[]? Accounts,
    SeedContract[]? Contracts);

public sealed record SeedBrique(string Name, SeedService[]? Services);

public sealed record SeedService(string Name, SeedSousService[]? SousServices);

/// <param name="RequestType">incident or service_request.</param>
public sealed record SeedSousService(string Name, string RequestType = "incident");

public sealed record SeedTeam(string Name, string Organisation, string[]? Members, string? Email = null);

public sealed record SeedPerson(string FirstName, string Name, string Email, string Organisation);

/// <param name="Person">The contact's e-mail.</param>
public sealed record SeedAccount(string Login, string Password, string? Person, bool Administrator = false);

public sealed record SeedContract(string Organisation, string[]? Services);
