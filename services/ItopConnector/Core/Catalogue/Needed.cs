using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What tickets on their way through the route tree need iTop to have.</summary>
static class Needed
{
    public static IReadOnlyList<ItopItem> For(Catalogue catalogue, IReadOnlyList<School> pilot)
    {
        var briques = catalogue.Briques.Where(brique => brique.Pilot).ToList();
        var teams = briques
            .SelectMany(brique =>
                brique
                    .Services.SelectMany(service => service.SousServices.Select(sous => sous.Team ?? brique.Team))
                    .Append(brique.Team)
            )
            .Concat(Routed(catalogue.Routes))
            .Append(catalogue.Group.TriageTeam)
            .Append(catalogue.Group.ReturnTeam);
        return
        [
            .. pilot
                .Select(school => school.Organisation)
                .Prepend(catalogue.Group.Organisation)
                .Distinct()
                .Select(name => Named(ItopKind.Organisation, name)),
            .. teams.Distinct().Select(name => Named(ItopKind.Team, name)),
            .. briques.Select(brique => Named(ItopKind.Brique, brique.Name)),
            .. briques.SelectMany(brique => brique.Services.SelectMany(service => Services(brique, service))),
        ];
    }

    static IEnumerable<string> Routed(RouteNode node) =>
        node.Children.SelectMany(Routed).Concat(node.To.Team is { } team ? [team] : []);

    static IEnumerable<ItopItem> Services(Brique brique, Service service)
    {
        var made = ItopItem.From(
            ItopKind.Service,
            new Dictionary<string, string>
            {
                ["brique"] = brique.Name,
                ["name"] = service.Name,
                ["status"] = "production",
            }
        )!;
        return service.SousServices.Select(sous => ItopItem.From(ItopKind.SousService, new Dictionary<string, string>
        {
            ["service"] = made.Path,
            ["name"] = sous.Name,
            ["requestType"] = sous.RequestType is RequestType.Incident ? "incident" : "service_request",
            ["status"] = "production",
        })!).Prepend(made);
    }

    static ItopItem Named(ItopKind kind, string name) => ItopItem.From(kind, new Dictionary<string, string> { ["name"] = name })!;
}
