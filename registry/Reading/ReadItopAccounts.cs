namespace GroupTicketing.Registry.Reading;

/// <summary>An account of <c>itop-catalogue.yaml</c>: what it may do and see follows from its role.</summary>
internal sealed class ReadItopAccounts(string provider, IReadOnlyList<ItopItem> before)
{
    public IEnumerable<ItopItem> From(Fields fields)
    {
        var (login, person) = (fields.Text("login"), fields.Text("person"));
        fields.Text("role");
        var role = fields.Choice("role", [.. ItopRole.All.Select(role => (role.Name, role))]);
        fields.Done();
        if (login.Length == 0 || person.Length == 0)
            yield break;
        var says = new Dictionary<string, string> { ["login"] = login, ["person"] = person };
        if (role == ItopRole.Connector)
            says["language"] = role.Language;
        yield return ItopItem.From(ItopKind.Account, says, fields.Line)!;
        foreach (var profile in role.Profiles)
            yield return Of(ItopKind.Grant, "profile", profile);
        if (Silo(role, person) is { } silo)
            yield return Of(ItopKind.Silo, "organisation", silo);

        ItopItem Of(ItopKind kind, string key, string text) =>
            ItopItem.From(kind, new Dictionary<string, string> { ["account"] = login, [key] = text }, fields.Line)!;
    }

    private string? Silo(ItopRole role, string person)
    {
        if (role == ItopRole.Connector)
            return null;
        if (role == ItopRole.Intervenant)
            return provider;
        return before
            .FirstOrDefault(item => item.Key == ItopItem.KeyOf(ItopKind.Person, person))
            ?.Says.GetValueOrDefault("organisation");
    }
}
