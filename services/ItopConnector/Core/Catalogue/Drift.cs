using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What the routes and the schools' files name and iTop does not have so: a ticket on its way there would be
/// refused.</summary>
public static class Drift
{
    /// <summary>The kinds to be read for it.</summary>
    public static readonly IReadOnlyList<ItopKind> Kinds =
    [
        ItopKind.Organisation,
        ItopKind.Team,
        ItopKind.Person,
        ItopKind.Brique,
        ItopKind.Service,
        ItopKind.SousService,
        ItopKind.Contract,
        ItopKind.ContractService,
    ];

    /// <summary>The people that are named, by name or e-mail.</summary>
    public static IReadOnlyList<string> People(Catalogue catalogue, IEnumerable<School> schools) =>
        [
            .. schools
                .Where(school => school.Pilot)
                .Select(school => school.SupportContact)
                .Prepend(catalogue.Group.ConnectorContact)
                .Distinct(),
        ];

    /// <summary>Every difference, in the order of the kinds.</summary>
    public static IReadOnlyList<Drifted> Find(Catalogue catalogue, IEnumerable<School> schools, InItop has)
    {
        var pilot = schools.Where(school => school.Pilot).ToList();
        var lines = Plan.From(Needed.For(catalogue, pilot), has).Where(line => line is not PlanLine.Unknown).Select(Drifted.From);
        var people = People(catalogue, pilot).Select(person => Person(person, has)).OfType<Drifted>();
        var elsewhere = pilot
            .Where(school => IsElsewhere(school, has))
            .Select(school => new Drifted(DriftKind.Differs, ItopKind.Person, school.SupportContact));
        return [.. lines, .. people, .. elsewhere, .. pilot.SelectMany(school => WithoutContract(catalogue, school, has))];
    }

    /// <summary>Teams that tickets reach and iTop can mail nothing: they bear no address. Nobody waits for a mail at
    /// the team that gives tickets back.</summary>
    public static IReadOnlyList<string> TeamsWithoutAddress(Catalogue catalogue, IEnumerable<School> schools, InItop has)
    {
        var needed = Needed
            .For(catalogue, [.. schools.Where(school => school.Pilot)])
            .Where(item => item.Kind == ItopKind.Team && !Words.Same(item.Path, catalogue.Group.ReturnTeam))
            .Select(item => item.Key)
            .ToHashSet();
        return
        [
            .. has.From(ItopKind.Team)
                .Where(one => needed.Contains(one.Item.Key) && !one.Item.Says.ContainsKey("email"))
                .Select(one => one.Item.Path),
        ];
    }

    static Drifted? Person(string person, InItop has)
    {
        var count = Named(person, has).Count();
        return count == 1 ? null : new(count == 0 ? DriftKind.Absent : DriftKind.Several, ItopKind.Person, person);
    }

    static IEnumerable<ItopItem> Named(string person, InItop has) =>
        has.From(ItopKind.Person)
            .Select(one => one.Item)
            .Where(item => Words.Same(person.Contains('@') ? item.Says.GetValueOrDefault("email") : item.Path, person));

    // iTop's form offers as caller only people of the request's organisation.
    static bool IsElsewhere(School school, InItop has) =>
        Named(school.SupportContact, has).ToList() is [var item]
        && !Words.Same(item.Says.GetValueOrDefault("organisation"), school.Organisation);

    // By a contract of the organisation in whatever state, as in the form.
    static IEnumerable<Drifted> WithoutContract(Catalogue catalogue, School school, InItop has)
    {
        var contracts = has.From(ItopKind.Contract)
            .Where(one => Words.Same(one.Item.Says.GetValueOrDefault("customer"), school.Organisation))
            .Select(one => one.Item.Path)
            .ToHashSet();
        var rights = has.From(ItopKind.ContractService)
            .Where(one => contracts.Contains(one.Item.Says["contract"]))
            .Select(one => Words.Key(one.Item.Says["service"]))
            .ToHashSet();
        return from brique in catalogue.Briques
               where brique.Pilot
               from service in brique.Services
               let path = $"{brique.Name} > {service.Name}"
               where !rights.Contains(Words.Key(path))
               select new Drifted(DriftKind.NoContract, ItopKind.Service, $"{school.Organisation}: {path}");
    }
}
