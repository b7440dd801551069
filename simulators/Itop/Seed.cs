namespace GroupTicketing.Simulators.Itop;

/// <summary>The catalogue and the people a fresh simulator starts with.</summary>
/// <param name="Briques">Service families, each with its services and their sous-services.</param>
/// <param name="Teams">Support teams; members by login or e-mail.</param>
/// <param name="Provider">The organisation that provides the services; null: the first.</param>
/// <param name="Contracts">Which organisation has a right to which services, each written "brique &gt; service".</param>
public sealed record Seed(
    string[]? Organisations,
    SeedBrique[]? Briques,
    SeedTeam[]? Teams,
    SeedPerson[]? People,
    SeedAccount[]? Accounts,
    SeedContract[]? Contracts,
    string? Provider = null);

public sealed record SeedBrique(string Name, SeedService[]? Services);

public sealed record SeedService(string Name, SeedSousService[]? SousServices, string Description = "");

/// <param name="RequestType">incident or service_request.</param>
public sealed record SeedSousService(string Name, string RequestType = "incident");

/// <param name="Id">Its id where the order of the file would give another; also for people and accounts.</param>
public sealed record SeedTeam(string Name, string Organisation, string[]? Members, string? Email = null, int? Id = null);

public sealed record SeedPerson(string FirstName, string Name, string Email, string Organisation, int? Id = null);

/// <param name="Person">The contact's e-mail.</param>
/// <param name="Language">"FR FR" or "EN US": that of the validation messages.</param>
/// <param name="Token">Logs in without a password, where its scope is "REST/JSON".</param>
public sealed record SeedAccount(string Login, string Password, string? Person, bool Administrator = false, int? Id = null)
{
    public override string ToString() => Login;

    public string Language { get; init; } = "FR FR";

    public string Token { get; init; } = "";

    public string Scope { get; init; } = "REST/JSON";

    /// <summary>"agent", "people" (an agent who is a Configuration Manager, too), "rest" (the REST profile alone: no
    /// class at all), "console" (no REST profile) or "portal".</summary>
    public string Rights { get; init; } = "agent";

    /// <summary>The organisations it may see; none: all.</summary>
    public string[] Organisations { get; init; } = [];

    /// <summary>Whether a profile of its own lets it read the change history.</summary>
    public bool History { get; init; }
}

public sealed record SeedContract(string Organisation, string[]? Services);
