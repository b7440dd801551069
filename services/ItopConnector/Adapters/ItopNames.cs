using System.Collections.Concurrent;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>iTop's ids of what the catalogue names; looked up once an hour. Ids are never in files: every iTop has its own.</summary>
public sealed class ItopNames(ItopClient itop, TimeProvider clock)
{
    static readonly TimeSpan Believed = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, (string Id, DateTimeOffset Read)> known = new();

    public Task<string> Organisation(string name, CancellationToken ct) => Find("Organization", $"SELECT Organization WHERE name = {ItopClient.Quote(name)}", name, ct);

    public Task<string> Team(string name, CancellationToken ct) => Find("Team", $"SELECT Team WHERE name = {ItopClient.Quote(name)}", name, ct);

    /// <summary>A person by e-mail, or by the name iTop shows.</summary>
    public Task<string> Person(string contact, CancellationToken ct) =>
        Find("Person", $"SELECT Person WHERE {(contact.Contains('@') ? "email" : "friendlyname")} = {ItopClient.Quote(contact)}", "the caller", ct);

    public Task<string> Service(string brique, string service, CancellationToken ct) =>
        Find("Service", $"SELECT Service WHERE name = {ItopClient.Quote(service)} AND servicefamily_name = {ItopClient.Quote(brique)}", $"{brique} > {service}", ct);

    public Task<string> SousService(string serviceId, string sousService, CancellationToken ct) =>
        Find("ServiceSubcategory", $"SELECT ServiceSubcategory WHERE name = {ItopClient.Quote(sousService)} AND service_id = {serviceId}", sousService, ct);

    async Task<string> Find(string of, string oql, string what, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(oql, out var found) && now - found.Read < Believed)
            return found.Id;
        var objects = await itop.Get(of, oql, "id", ct);
        if (objects.Count != 1)
            throw new ItopException(objects.Count == 0 ? ItopFault.NotThere : ItopFault.Several, new Answer.Refused($"iTop has {objects.Count} {of} for {what}: create it there or mend the catalogue, then retry"));
        known[oql] = (objects[0].Key, now);
        return objects[0].Key;
    }
}
