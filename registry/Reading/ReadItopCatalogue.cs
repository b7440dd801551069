namespace GroupTicketing.Registry.Reading;

/// <summary><c>itop-catalogue.yaml</c>.</summary>
internal sealed class ReadItopCatalogue
{
    private readonly Fields file;
    private readonly string provider;
    private readonly Dictionary<(ItopKind, string), ItopItem> items = [];
    private readonly List<string> participating = [];

    private ReadItopCatalogue(Fields file)
    {
        this.file = file;
        provider = file.Text("provider");
    }

    public static ItopCatalogue From(string path, Problems problems)
    {
        var file = new Fields(YamlFile.Read(path, problems), problems.In(path), "catalogue");
        return file.Line == 0 ? new("", "", [], []) : new ReadItopCatalogue(file).Whole();
    }

    private ItopCatalogue Whole()
    {
        var returnTeam = file.TextOrNull("returnTeam") ?? "Retour école";
        file.Groups("organisations").ToList().ForEach(Organisation);
        file.Groups("deliveryModels").ToList().ForEach(DeliveryModel);
        file.Groups("teams").ToList().ForEach(Team);
        file.Groups("people")
            .ToList()
            .ForEach(fields => Simple(ItopKind.Person, fields, "firstName", "name", "organisation", "email?"));
        file.Groups("briques").ToList().ForEach(Brique);
        file.Groups("contracts").ToList().ForEach(Contract);
        var accounts = new ReadItopAccounts(provider, items.Values.ToList());
        file.Groups("accounts").ToList().ForEach(fields => accounts.From(fields).ToList().ForEach(item => Add(fields, item)));
        file.Done();
        return new(provider, returnTeam, [.. items.Values.OrderBy(item => item.Kind)], participating);
    }

    private void Organisation(Fields fields)
    {
        if (fields.Flag("participates") && fields.Text("name") is { Length: > 0 } name)
            participating.Add(name);
        Simple(ItopKind.Organisation, fields, "name", "parent?", "deliveryModel?");
    }

    private void DeliveryModel(Fields fields)
    {
        Links(fields, "teams", ItopKind.ModelTeam, "deliveryModel", fields.Text("name"), "team");
        Simple(ItopKind.DeliveryModel, fields, "name", "organisation");
    }

    private void Team(Fields fields)
    {
        Links(fields, "members", ItopKind.Member, "team", fields.Text("name"), "person");
        Simple(ItopKind.Team, fields, "name", "organisation", "email?");
    }

    private void Brique(Fields fields)
    {
        var brique = fields.Text("name");
        foreach (var service in fields.Groups("services"))
        {
            var path = $"{brique} > {service.Text("name")}";
            Links(service, "teams", ItopKind.ServiceTeam, "service", path, "team");
            foreach (var sous in service.Groups("sousServices"))
            {
                sous.Choice("requestType", ("incident", 0), ("service_request", 0));
                Add(
                    sous,
                    ItemFrom(sous, ItopKind.SousService, [("service", path), ("status", "production")], "name", "requestType")
                );
            }
            Add(
                service,
                ItemFrom(
                    service,
                    ItopKind.Service,
                    [("brique", brique), ("provider", Provider(service)), ("status", "production")],
                    "name"
                )
            );
        }
        Simple(ItopKind.Brique, fields, "name");
    }

    private void Contract(Fields fields)
    {
        Links(fields, "services", ItopKind.ContractService, "contract", fields.Text("name"), "service");
        Add(
            fields,
            ItemFrom(fields, ItopKind.Contract, [("provider", Provider(fields)), ("status", "production")], "name", "customer")
        );
    }

    private string Provider(Fields fields) => fields.TextOrNull("provider") ?? provider;

    private void Simple(ItopKind kind, Fields fields, params string[] keys) => Add(fields, ItemFrom(fields, kind, [], keys));

    /// <summary>What the keys hold; one that ends in a question mark may be absent.</summary>
    private static ItopItem? ItemFrom(
        Fields fields,
        ItopKind kind,
        IEnumerable<(string Key, string Text)> besides,
        params string[] keys
    )
    {
        var says = besides.ToDictionary(one => one.Key, one => one.Text);
        foreach (var key in keys)
        {
            if ((key.EndsWith('?') ? fields.TextOrNull(key[..^1]) : fields.Text(key)) is { Length: > 0 } text)
                says[key.TrimEnd('?')] = text;
        }
        fields.Done();
        return ItopItem.From(kind, says, fields.Line);
    }

    private void Links(Fields fields, string key, ItopKind kind, string near, string path, string far)
    {
        foreach (var (text, line) in fields.Texts(key))
            Add(fields, ItopItem.From(kind, new Dictionary<string, string> { [near] = path, [far] = text }, line));
    }

    private void Add(Fields fields, ItopItem? item)
    {
        if (item is not null && !items.TryAdd(item.Key, item))
            fields.Problems.Error(item.Line, FileTexts.Text("GivenTwice", item.Path, items[item.Key].Line));
    }
}
