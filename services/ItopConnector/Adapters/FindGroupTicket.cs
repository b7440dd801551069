using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Finds the group ticket that bears our key: by the attribute of our module, and in titles, where those bear
/// it that were opened without the module.</summary>
public sealed class FindGroupTicket(ItopClient itop, ItopNames names, ItopKey key)
{
    static readonly Counter<long> twins = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.itop.twins",
        "{ticket}",
        "Group tickets opened twice and closed as such."
    );

    /// <summary>Of several one is kept (<see cref="Twins"/>); the others are closed with a sentence and give the key up
    /// in the same save, as our module's rule lets neither be saved else.</summary>
    /// <param name="told">iTop's id of the one the school was told; null: none was.</param>
    /// <exception cref="ItopException">Two are worked on: a person decides.</exception>
    public async Task<ItopRead?> Find(Asked asked, string? told, CancellationToken ct)
    {
        var organisation = await names.Organisation(asked.Organisation, ct);
        var isKeyed = await key.Ask(ct);
        var found = new List<ItopObject>();
        if (isKeyed)
            found.AddRange(
                await Where($"org_id = {organisation} AND {Marker.Attribute} = {ItopClient.Quote(Marker.KeyOf(asked))}")
            );
        found.AddRange(await Where($"org_id = {organisation} AND title LIKE {ItopClient.QuoteLike(Marker.For(asked), " %")}"));
        // iTop's database takes upper and lower case for the same; a school's tool may not.
        var (kept, others, disputed) = Twins.Choose(
            found.Select(ReadFields.From).Where(read => Marker.IsOn(read, asked)).DistinctBy(read => read.Id),
            told
        );
        if (disputed is not null)
            throw new ItopException(
                ItopFault.Several,
                new Answer.Refused(
                    $"iTop has {kept!.Reference} and {disputed.Reference} for one ticket, and both are worked on: close "
                    + "one there and take our key from it, then retry"
                )
            );
        foreach (var twin in others)
            await CloseTwin(twin, kept!, asked, ct);
        return kept;

        Task<IReadOnlyList<ItopObject>> Where(string condition) =>
            itop.Get("UserRequest", $"SELECT UserRequest WHERE {condition}", ReadFields.From(isKeyed), ct);
    }

    async Task CloseTwin(ItopRead twin, ItopRead kept, Asked asked, CancellationToken ct)
    {
        var fields = new JsonObject();
        if (twin.Key is not null)
            fields[Marker.Attribute] = $"{Marker.KeyOf(asked)}#{twin.Id}";
        if (twin.Title.StartsWith(Marker.For(asked), StringComparison.Ordinal))
            fields["title"] = $"[{Marker.KeyOf(asked)}#{twin.Id}]{twin.Title[Marker.For(asked).Length..]}";
        twins.Add(1);
        await WriteToGroupTicket.Close(
            itop,
            Bound.Query(twin.Id, Bound.From(twin)),
            twin.Status,
            $"Ouvert deux fois : voir {kept.Reference}.",
            ct,
            fields
        );
    }
}
