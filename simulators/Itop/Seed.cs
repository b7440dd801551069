using System.Text.Json;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop;

/// <summary>The catalogue and accounts a fresh iTop starts with, by names.</summary>
public sealed record Seed(
    IReadOnlyList<string> Organisations,
    IReadOnlyList<SeedBrique> Briques,
    IReadOnlyList<SeedTeam> Teams,
    IReadOnlyList<SeedPerson> People,
    IReadOnlyList<SeedAccount> Accounts,
    IReadOnlyList<SeedContract> Contracts)
{
    public static void Plant(string file, ItopStore store)
    {
        var seed = JsonSerializer.Deserialize<Seed>(File.ReadAllBytes(file), Journal.Json)!;
        var organisations = seed.Organisations.ToDictionary(name => name, name => Make(store, "Organization", ("name", name), ("status", "active")));
        var people = seed.People.ToDictionary(person => person.Email, person => Make(
            store,
            "Person",
            ("name", person.Name),
            ("first_name", person.FirstName),
            ("email", person.Email),
            ("org_id", organisations[person.Organisation]),
            ("status", "active")));
        foreach (var team in seed.Teams)
            PlantTeam(store, team, organisations, people);
        var provider = organisations[seed.Organisations[0]];
        var services = new Dictionary<string, string>();
        foreach (var brique in seed.Briques)
            PlantBrique(store, brique, provider, services);
        foreach (var contract in seed.Contracts)
            PlantContract(store, contract, organisations, provider, services);
        foreach (var account in seed.Accounts)
            Make(store, "User", ("login", account.Login), ("password", account.Password), ("contactid", people.GetValueOrDefault(account.Person ?? "", "0")));
    }

    static void PlantTeam(ItopStore store, SeedTeam team, Dictionary<string, string> organisations, Dictionary<string, string> people)
    {
        var id = Make(store, "Team", ("name", team.Name), ("org_id", organisations[team.Organisation]), ("status", "active"));
        foreach (var member in team.Members ?? [])
            Make(store, "lnkPersonToTeam", ("team_id", id), ("person_id", people[member]));
    }

    static void PlantBrique(ItopStore store, SeedBrique brique, string provider, Dictionary<string, string> services)
    {
        var family = Make(store, "ServiceFamily", ("name", brique.Name));
        foreach (var service in brique.Services)
        {
            var id = Make(store, "Service", ("name", service.Name), ("org_id", provider), ("servicefamily_id", family), ("status", "production"));
            services[$"{brique.Name} > {service.Name}"] = id;
            foreach (var sousService in service.SousServices)
                Make(store, "ServiceSubcategory", ("name", sousService.Name), ("service_id", id), ("request_type", sousService.RequestType), ("status", "production"));
        }
    }

    static void PlantContract(ItopStore store, SeedContract contract, Dictionary<string, string> organisations, string provider, Dictionary<string, string> services)
    {
        var id = Make(store, "CustomerContract", ("name", contract.Organisation), ("org_id", organisations[contract.Organisation]), ("provider_id", provider));
        foreach (var service in contract.Services)
            Make(store, "lnkCustomerContractToService", ("customercontract_id", id), ("service_id", services[service]));
    }

    static string Make(ItopStore store, string itopClass, params (string Code, object? Value)[] values) =>
        $"{store.Create(itopClass, values.ToDictionary(value => value.Code, value => value.Value), null).Id}";
}

public sealed record SeedBrique(string Name, IReadOnlyList<SeedService> Services);

public sealed record SeedService(string Name, IReadOnlyList<SeedSousService> SousServices);

public sealed record SeedSousService(string Name, string RequestType);

public sealed record SeedTeam(string Name, string Organisation, IReadOnlyList<string>? Members);

public sealed record SeedPerson(string FirstName, string Name, string Email, string Organisation);

public sealed record SeedAccount(string Login, string Password, string? Person);

public sealed record SeedContract(string Organisation, IReadOnlyList<string> Services);
