using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What an iTop has, as a catalogue that another iTop can be given, and what such a file cannot hold.</summary>
public static class Exported
{
    public static (ItopCatalogue Catalogue, IReadOnlyList<ItopItem> LeftOut) From(InItop has, string provider, string returnTeam)
    {
        var living = has
            .Found.Select(one => one.Item)
            .Where(item => item.Says.GetValueOrDefault("status") != "obsolete")
            .ToList();
        var roles = living
            .Where(item => item.Kind == ItopKind.Account)
            .ToDictionary(account => account, account => Role(account, living, provider));
        var accounts = roles.Where(one => one.Value is not null).Select(one => one.Key.Path).ToHashSet();
        var people = living
            .Where(item => item.Kind == ItopKind.Member || (item.Kind == ItopKind.Account && accounts.Contains(item.Path)))
            .Select(item => item.Says.GetValueOrDefault("person"))
            .ToHashSet();
        var kept = living.Where(item => item.Kind switch
        {
            ItopKind.Profile => false,
            ItopKind.Person => people.Contains(item.Path),
            ItopKind.Account => accounts.Contains(item.Path),
            ItopKind.Grant or ItopKind.Silo => accounts.Contains(item.Says["account"]),
            _ => true,
        }).ToList();
        var leftOut = has.Found.Select(one => one.Item).Where(item => item.Says.GetValueOrDefault("status") == "obsolete")
            .Concat(roles.Where(one => one.Value is null).Select(one => one.Key)).ToList();
        return (new(provider, returnTeam, kept, Participating(kept)), leftOut);
    }

    // A role is what the file writes: an account that has other rights, or sees other organisations, than a role gives is none.
    static ItopRole? Role(ItopItem account, List<ItopItem> items, string provider)
    {
        var person = items.FirstOrDefault(item =>
            item.Kind == ItopKind.Person && item.Path == account.Says.GetValueOrDefault("person")
        );
        if (person is null || ItopRole.From(Of(ItopKind.Grant, "profile")) is not { } role)
            return null;
        string?[] sees =
            role == ItopRole.Connector
                ? []
                : [role == ItopRole.Intervenant ? provider : person.Says.GetValueOrDefault("organisation")];
        return Of(ItopKind.Silo, "organisation").SequenceEqual(sees) ? role : null;

        IEnumerable<string> Of(ItopKind kind, string key) =>
            items.Where(item => item.Kind == kind && item.Says["account"] == account.Path).Select(item => item.Says[key]);
    }

    static IReadOnlyList<string> Participating(List<ItopItem> items) =>
        [
            .. items
                .Where(item => item.Kind == ItopKind.Contract)
                .Select(item => item.Says.GetValueOrDefault("customer"))
                .OfType<string>()
                .Distinct(),
        ];
}
