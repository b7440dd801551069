using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// iTop's ids of what the catalogue names; looked up once an hour. Ids are never in files: every iTop has its own. What
/// iTop's forms would not offer (<see cref="FormRules"/>) is refused here, since
/// its REST checks none of it: a service without a contract of the organisation or obsolete, a sous-service of another
/// service or obsolete, a person of another organisation.
/// </summary>
public sealed class ItopNames(ItopClient itop, TimeProvider clock)
{
    static readonly TimeSpan Believed = TimeSpan.FromHours(1);

    // The catalogue's are some hundreds; the others are callers.
    const int MostKnown = 5_000;

    readonly Latest<(ItopObject Found, DateTimeOffset Read)> known = new(MostKnown);

    public Task<string> Organisation(string name, CancellationToken ct) =>
        Id("Organization", $"SELECT Organization WHERE name = {ItopClient.Quote(name)}", name, ct);

    public Task<string> Team(string name, CancellationToken ct) =>
        Id("Team", $"SELECT Team WHERE name = {ItopClient.Quote(name)}", name, ct);

    /// <summary>A person of an organisation, by e-mail or by the name iTop shows; null where it has none, or several.</summary>
    public async Task<string?> PersonOrNull(string contact, string organisationId, CancellationToken ct) =>
        await People(contact, organisationId, ct) is [var found] ? found.Key : null;

    /// <summary>All of an organisation with that e-mail or name.</summary>
    public Task<IReadOnlyList<ItopObject>> People(string contact, string organisationId, CancellationToken ct) =>
        Look(
            "Person",
            $"SELECT Person WHERE {(contact.Contains('@') ? "email" : "friendlyname")} = {ItopClient.Quote(contact)} AND "
            + $"org_id = {organisationId}",
            "id",
            ct
        );

    /// <summary>A service that a contract of the organisation covers.</summary>
    public async Task<string> Service(string brique, string service, string organisation, CancellationToken ct)
    {
        var what = $"{brique} > {service}";
        var id = await Id(
            "Service",
            $"SELECT Service WHERE name = {ItopClient.Quote(service)} AND servicefamily_name "
            + $"= {ItopClient.Quote(brique)} AND status != '{FormRules.Obsolete}'",
            what,
            ct
        );
        return await IsCovered(id, await Organisation(organisation, ct), ct)
            ? id
            : throw new ItopException(
                ItopFault.NotThere,
                new Answer.Refused($"no contract of {organisation} covers {what} in iTop: add it there, then retry")
            );
    }

    /// <summary>A sous-service of that service, and for which type of request it is; null: for both.</summary>
    public async Task<(string Id, string? RequestType)> SousService(string serviceId, string sousService, CancellationToken ct)
    {
        var oql =
            $"SELECT ServiceSubcategory WHERE name = {ItopClient.Quote(sousService)} AND service_id = {serviceId} AND "
            + $"status != '{FormRules.Obsolete}'";
        var found = await Find("ServiceSubcategory", oql, sousService, "id,request_type", ct);
        return (found.Key, found.Text("request_type"));
    }

    // By a contract of the organisation in whatever state, as in the form.
    async Task<bool> IsCovered(string serviceId, string organisationId, CancellationToken ct)
    {
        var key = $"contract/{serviceId}/{organisationId}";
        if (Believe(key) is not null)
            return true;
        var links = await itop.Get(
            "lnkCustomerContractToService",
            $"SELECT lnkCustomerContractToService WHERE service_id = {serviceId}",
            "id,customercontract_id",
            ct
        );
        var contracts = links.Select(link => link.Text("customercontract_id")).OfType<string>().Distinct().ToList();
        if (contracts.Count == 0)
            return false;
        var covering = await itop.Get(
            "CustomerContract",
            $"SELECT CustomerContract WHERE id IN ({string.Join(',', contracts)}) AND org_id = {organisationId}",
            "id",
            ct
        );
        if (covering.Count > 0)
            known.Set(key, (covering[0], clock.GetUtcNow()));
        return covering.Count > 0;
    }

    async Task<string> Id(string of, string oql, string what, CancellationToken ct) => (await Find(of, oql, what, "id", ct)).Key;

    async Task<ItopObject> Find(string of, string oql, string what, string fields, CancellationToken ct) =>
        await Look(of, oql, fields, ct) switch
        {
            [var found] => found,
            [] => throw new ItopException(ItopFault.NotThere, Unfound(0, of, what)),
            var several => throw new ItopException(ItopFault.Several, Unfound(several.Count, of, what)),
        };

    async Task<IReadOnlyList<ItopObject>> Look(string of, string oql, string fields, CancellationToken ct)
    {
        if (Believe(oql) is { } believed)
            return [believed];
        var objects = await itop.Get(of, oql, fields, ct);
        if (objects is [var found])
            known.Set(oql, (found, clock.GetUtcNow()));
        return objects;
    }

    static Answer.Refused Unfound(int count, string of, string what) =>
        new($"iTop has {count} {of} for {what}: create it there or mend the catalogue, then retry");

    ItopObject? Believe(string key) =>
        known.TryGet(key, out var one) && clock.GetUtcNow() - one.Read < Believed ? one.Found : null;
}
