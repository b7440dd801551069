namespace GroupTicketing.ItopConformance.Contract;

/// <summary>An organisation of its own with a small catalogue, made for one run and taken away after it.</summary>
public sealed class OwnOrganisation(Rest admin, string name)
{
    private readonly List<(string Class, string Id)> _made = [];

    public string Name => name;

    public string Email => $"appelant@{Slug}.example";

    public string Brique => $"{name} brique";

    public string Service => $"{name} service";

    /// <summary>A service without a contract.</summary>
    public string Uncovered => $"{name} sans contrat";

    public string SousService => $"{name} sous-service";

    public string Team => $"{name} équipe";

    public string Id => Made("Organization");

    public string TeamId => Made("Team");

    /// <summary>The intervenant; the caller was made before.</summary>
    public string AgentId => Made("Person");

    private string Slug => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    public async Task Make()
    {
        var org = await Add("Organization", new { name });
        await Add("Person", new { name = "Appelant", first_name = "Camille", org_id = org, email = Email });
        await Add(
            "Person",
            new
            {
                name = "Intervenant",
                first_name = "Alix",
                org_id = org,
                email = $"intervenant@{Slug}.example",
            }
        );
        await Add("Team", new { name = Team, org_id = org });
        await Add("lnkPersonToTeam", new { team_id = TeamId, person_id = AgentId });
        var family = await Add("ServiceFamily", new { name = Brique });
        var service = await Add(
            "Service",
            new
            {
                name = Service,
                org_id = org,
                servicefamily_id = family,
                status = "production",
            }
        );
        await Add("Service", new { name = Uncovered, org_id = org, servicefamily_id = family, status = "production" });
        await Add(
            "ServiceSubcategory",
            new
            {
                name = SousService,
                service_id = service,
                request_type = "incident",
                status = "production",
            }
        );
        var services = new[] { new { service_id = service } };
        await Add(
            "CustomerContract",
            new
            {
                name = $"{name} contrat",
                org_id = org,
                provider_id = org,
                status = "production",
                services_list = services,
            }
        );
    }

    /// <summary>What could not be taken away, and why.</summary>
    public async Task<IReadOnlyList<string>> TakeAway()
    {
        var left = new List<string>();
        if (_made.Count > 0)
            await Try("UserRequest", $"SELECT UserRequest WHERE org_id = {Id}", left);
        foreach (var (of, id) in _made.AsEnumerable().Reverse())
            await Try(of, id, left);
        return left;
    }

    private async Task Try(string of, string key, List<string> left)
    {
        var answer = await admin.Delete(of, key);
        if (answer.Code != 0)
            left.Add($"{of} {key}: {answer.Message}");
    }

    private async Task<string> Add(string of, object fields)
    {
        var id = (await admin.Create(of, fields)).Id;
        _made.Add((of, id));
        return id;
    }

    private string Made(string of) => _made.Last(made => made.Class == of).Id;
}
