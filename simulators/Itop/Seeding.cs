using System.Text.Json;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop;

/// <summary>Fills an empty store from a seed file. What a line names must have come before: organisations, people,
/// briques, then the rest.</summary>
public sealed class Seeding(ItopStore store)
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.OrdinalIgnoreCase);

    public void Fill(string path)
    {
        var seed = JsonSerializer.Deserialize<Seed>(File.ReadAllText(path), Journal.Json)!;
        var organisations = seed.Organisations ?? [];
        var provider = seed.Provider ?? organisations.FirstOrDefault() ?? "";
        foreach (var name in organisations)
            Add("Organization", $"org:{name}", ("name", name));
        foreach (var person in seed.People ?? [])
            Person(person);
        foreach (var account in seed.Accounts ?? [])
            Account(account);
        foreach (var team in seed.Teams ?? [])
            Team(team);
        foreach (var brique in seed.Briques ?? [])
            Brique(brique, provider);
        foreach (var contract in seed.Contracts ?? [])
            Contract(contract, provider);
    }

    private void Person(SeedPerson person) => Add(
        "Person",
        $"person:{person.Email}",
        person.Id,
        ("first_name", person.FirstName),
        ("name", person.Name),
        ("email", person.Email),
        ("org_id", Id($"org:{person.Organisation}")));

    private void Account(SeedAccount account)
    {
        var contact = account.Person is null ? "0" : Id($"person:{account.Person}");
        var administrator = account.Administrator ? "yes" : "no";
        Add(
            "User",
            $"user:{account.Login}",
            account.Id,
            ("login", account.Login),
            ("password", account.Password),
            ("contactid", contact),
            ("administrator", administrator),
            ("language", account.Language),
            ("token", account.Token),
            ("scope", account.Scope),
            ("rights", account.Rights),
            ("history", account.History ? "yes" : "no"),
            ("organisations", string.Join(' ', account.Organisations.Select(o => Id($"org:{o}")))));
        if (account.Person is not null)
            _ids[$"person:{account.Login}"] = int.Parse(contact);
    }

    private void Team(SeedTeam team)
    {
        var (key, org) = ($"team:{team.Name}", Id($"org:{team.Organisation}"));
        Add("Team", key, team.Id, ("name", team.Name), ("org_id", org), ("email", team.Email ?? ""));
        foreach (var member in team.Members ?? [])
            Add("lnkPersonToTeam", "", ("team_id", Id($"team:{team.Name}")), ("person_id", Id($"person:{member}")));
    }

    private void Brique(SeedBrique brique, string provider)
    {
        Add("ServiceFamily", $"brique:{brique.Name}", ("name", brique.Name));
        foreach (var service in brique.Services ?? [])
        {
            var key = $"service:{brique.Name} > {service.Name}";
            var (family, org) = (Id($"brique:{brique.Name}"), Id($"org:{provider}"));
            Add(
                "Service",
                key,
                ("name", service.Name),
                ("servicefamily_id", family),
                ("org_id", org),
                ("status", "production"),
                ("description", service.Description)
            );
            foreach (var sous in service.SousServices ?? [])
                SousService(sous, Id(key));
        }
    }

    private void SousService(SeedSousService sous, string service) => Add(
        "ServiceSubcategory",
        "",
        ("name", sous.Name),
        ("service_id", service),
        ("request_type", sous.RequestType),
        ("status", "production"));

    private void Contract(SeedContract contract, string provider)
    {
        var key = $"contract:{contract.Organisation}";
        var (org, from) = (Id($"org:{contract.Organisation}"), Id($"org:{provider}"));
        Add(
            "CustomerContract",
            key,
            ("name", $"Support {contract.Organisation}"),
            ("org_id", org),
            ("provider_id", from),
            ("status", "production")
        );
        foreach (var service in contract.Services ?? [])
            Add("lnkCustomerContractToService", "", ("customercontract_id", Id(key)), ("service_id", Id($"service:{service}")));
    }

    private string Id(string key) =>
        _ids.TryGetValue(key, out var id)
            ? $"{id}"
            : throw new InvalidDataException($"Le jeu de départ cite « {key} » sans le définir.");

    private void Add(string itopClass, string key, params (string Code, string Value)[] values) =>
        Add(itopClass, key, null, values);

    private void Add(string itopClass, string key, int? id, params (string Code, string Value)[] values) =>
        _ids[key] = store.Create(itopClass, values.ToDictionary(v => v.Code, object? (v) => v.Value), null, id).Id;
}
