using System.Diagnostics.Metrics;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Finds the group ticket that bears our key: by the attribute of our module, and in titles, where those bear it that were opened without the module.</summary>
public sealed class FindGroupTicket(ItopClient itop, ItopNames names, ItopKey key)
{
    static readonly Counter<long> twins = Telemetry.Meter.CreateCounter<long>("groupticketing.itop.twins", "{ticket}", "Group tickets opened twice and closed as such.");

    /// <summary>Of two the lower id is kept, and the other closed with a sentence.</summary>
    public async Task<ItopRead?> Find(TicketEscalated asked, CancellationToken ct)
    {
        var organisation = await names.Organisation(asked.Organisation, ct);
        var isKeyed = await key.Ask(ct);
        var found = new List<ItopObject>();
        if (isKeyed)
            found.AddRange(await Where($"{Marker.Attribute} = {ItopClient.Quote(Marker.KeyOf(asked))}"));
        found.AddRange(await Where($"org_id = {organisation} AND title LIKE {ItopClient.QuoteLike(Marker.Of(asked), " %")}"));
        // iTop's database takes upper and lower case for the same; a school's tool may not.
        var ours = found.Select(ReadFields.Of).Where(read => Marker.IsOn(read, asked)).DistinctBy(read => read.Id).OrderBy(read => long.Parse(read.Id)).ToList();
        foreach (var twin in ours.Skip(1).Where(read => States.Of(read.Status) != "closed"))
            await CloseTwin(twin, ours[0], ct);
        return ours.FirstOrDefault();

        Task<IReadOnlyList<ItopObject>> Where(string condition) => itop.Get("UserRequest", $"SELECT UserRequest WHERE {condition}", ReadFields.Of(isKeyed), ct);
    }

    async Task CloseTwin(ItopRead twin, ItopRead kept, CancellationToken ct)
    {
        twins.Add(1);
        await WriteToGroupTicket.Close(itop, twin.Id, twin.Status, $"Ouvert deux fois : voir {kept.Reference}.", ct);
    }
}
