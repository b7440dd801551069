namespace GroupTicketing.Registry.Reading;

/// <summary>What must hold of an <c>itop-catalogue.yaml</c> for the pilot to work in stock iTop.</summary>
internal sealed class ItopInvariants
{
    private readonly ItopCatalogue catalogue;
    private readonly FileProblems problems;
    private readonly ILookup<ItopKind, ItopItem> items;

    private ItopInvariants(ItopCatalogue catalogue, FileProblems problems) =>
        (this.catalogue, this.problems, items) = (catalogue, problems, catalogue.Items.ToLookup(item => item.Kind));

    public static void Check(ItopCatalogue catalogue, FileProblems problems)
    {
        var invariants = new ItopInvariants(catalogue, problems);
        invariants.Names();
        invariants.Briques();
        invariants.Contracts();
        invariants.Teams();
        invariants.Accounts();
    }

    private void Names()
    {
        var known = catalogue.Items.Select(item => item.Key).ToHashSet();
        if (!known.Contains(ItopItem.KeyOf(ItopKind.Organisation, catalogue.Provider)))
            problems.Error(1, FileTexts.Text("ProviderNotListed", catalogue.Provider));
        foreach (var item in catalogue.Items)
        {
            foreach (
                var (key, kind) in ItopItem.Refers.Where(one => one.Value != ItopKind.Profile && item.Says.ContainsKey(one.Key))
            )
            {
                if (known.Contains(ItopItem.KeyOf(kind, item.Says[key])))
                    continue;
                var hint = Nearest.Hint(item.Says[key], items[kind].Select(one => one.Path));
                problems.Error(item.Line, FileTexts.Text("NotDescribed", item.Says[key], hint));
            }
        }
    }

    private void Briques()
    {
        foreach (var brique in items[ItopKind.Brique])
        {
            var services = items[ItopKind.Service].Where(service => Says(service, "brique", brique)).ToList();
            if (services.Count == 0)
                problems.Error(brique.Line, FileTexts.Text("BriqueWithoutService", brique.Path));
            else if (!services.Any(HasIntervenant))
                problems.Error(brique.Line, FileTexts.Text("BriqueWithoutTeam", brique.Path));
            var below = services.SelectMany(SousServices).ToList();
            if (services.Count > 0 && !below.Any(sous => Words.Same(sous.Says["name"], "À qualifier")))
                problems.Error(brique.Line, FileTexts.Text("BriqueWithoutToQualify", brique.Path));
            foreach (var service in services.Where(service => !SousServices(service).Any()))
                problems.Error(service.Line, FileTexts.Text("ServiceWithoutSousService", service.Path));
        }
    }

    private void Contracts()
    {
        foreach (var school in catalogue.Participating)
        {
            var own = items[ItopKind.Contract]
                .Where(contract => Words.Same(contract.Says.GetValueOrDefault("customer"), school))
                .ToList();
            var rights = items[ItopKind.ContractService]
                .Where(right => own.Any(contract => Says(right, "contract", contract)))
                .ToList();
            foreach (
                var service in items[ItopKind.Service].Where(service => !rights.Any(right => Says(right, "service", service)))
            )
                problems.Error(service.Line, FileTexts.Text("ServiceWithoutContract", service.Path, school));
        }
    }

    private void Teams()
    {
        foreach (var model in items[ItopKind.DeliveryModel])
        {
            if (!Offers(model, catalogue.ReturnTeam))
                problems.Error(model.Line, FileTexts.Text("ModelWithoutReturn", model.Path, catalogue.ReturnTeam));
        }
        if (
            items[ItopKind.Team].FirstOrDefault(team => Words.Same(team.Path, catalogue.ReturnTeam)) is { } returns
            && !items[ItopKind.Member].Any(member => Says(member, "team", returns))
        )
            problems.Error(returns.Line, FileTexts.Text("TeamWithoutMember", returns.Path));
        foreach (var name in catalogue.Participating)
            Offered(items[ItopKind.Organisation].First(organisation => Words.Same(organisation.Path, name)));
    }

    private void Offered(ItopItem school)
    {
        if (!Words.Same(school.Says.GetValueOrDefault("parent"), catalogue.Provider))
            problems.Error(school.Line, FileTexts.Text("SchoolNotBelow", school.Path, catalogue.Provider));
        if (items[ItopKind.DeliveryModel].FirstOrDefault(model => Says(school, "deliveryModel", model)) is not { } model)
        {
            problems.Error(school.Line, FileTexts.Text("SchoolWithoutModel", school.Path));
            return;
        }
        foreach (
            var team in items[ItopKind.ServiceTeam].Select(one => one.Says["team"]).Distinct().Where(team => !Offers(model, team))
        )
            problems.Error(model.Line, FileTexts.Text("ModelWithoutTeam", model.Path, school.Path, team));
    }

    private void Accounts()
    {
        var holders = items[ItopKind.Account].Select(account => Words.Key(account.Says["person"])).ToHashSet();
        var teams = items[ItopKind.ServiceTeam].Select(one => Words.Key(one.Says["team"])).ToHashSet();
        foreach (
            var member in items[ItopKind.Member]
                .Where(member =>
                    teams.Contains(Words.Key(member.Says["team"])) && !holders.Contains(Words.Key(member.Says["person"]))
                )
        )
            problems.Warn(member.Line, FileTexts.Text("NoAccount", member.Says["person"]));
    }

    private bool HasIntervenant(ItopItem service) => items[ItopKind.ServiceTeam].Where(one => Says(one, "service", service))
        .Any(one => items[ItopKind.Member].Any(member => Words.Same(member.Says["team"], one.Says["team"])));

    private IEnumerable<ItopItem> SousServices(ItopItem service) =>
        items[ItopKind.SousService].Where(sous => Says(sous, "service", service));

    private bool Offers(ItopItem model, string team) =>
        items[ItopKind.ModelTeam].Any(one => Says(one, "deliveryModel", model) && Words.Same(one.Says["team"], team));

    private static bool Says(ItopItem item, string key, ItopItem other) =>
        Words.Same(item.Says.GetValueOrDefault(key), other.Path);
}
