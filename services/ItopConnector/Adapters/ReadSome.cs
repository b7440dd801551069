using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Reads several requests: tickets of ours whole, of others whether somebody opened them for a school.</summary>
public sealed class ReadSome(
    ItopLinks links,
    ItopKey key,
    FindRequests requests,
    Halving halving,
    ParentSolutions solutions
)
{
    /// <summary>Whether such a request is read at all.</summary>
    public bool Reads(string id) => requests.AreWanted || !links.IsStranger(id);

    /// <summary>What was known of iTop is asked anew.</summary>
    public void Forget() => key.Forget();

    /// <summary>Reads these.</summary>
    /// <param name="putAside">Told at once of each that iTop cannot show, whatever becomes of the rest.</param>
    public async Task<Changes> Read(IReadOnlyList<string> ids, Func<string, Task> putAside, CancellationToken ct)
    {
        var bad = new HashSet<string>();
        var ours = await Ours(ids, IsBad, ct);
        var found = await halving.Read<RequestFound>(
            [.. ids.Except(ours).Except(bad)],
            async (some, token) => await requests.Among(some, token),
            IsBad,
            ct
        );
        var read = await halving.Read<ItopRead>([.. ours.Except(bad)], key.Read, IsBad, ct);
        var followed = await solutions.Followed(read, IsBad, ct);
        return new Changes(followed, found, [.. ids.Except(bad)]);

        Task IsBad(string id) => bad.Add(id) ? putAside(id) : Task.CompletedTask;
    }

    // Of what is not ours only this is read: which of them bears a key, as one may whose creation was never answered.
    async Task<List<string>> Ours(IReadOnlyList<string> ids, Func<string, Task> isBad, CancellationToken ct)
    {
        var (ours, unknown) = (new List<string>(), new List<string>());
        foreach (var id in ids)
            (await links.Find(id, ct) is null ? unknown : ours).Add(id);
        if (unknown.Count == 0)
            return ours;
        var bearing = (
            await halving.Read<KeyValuePair<string, string>>(
                unknown,
                async (some, token) => await key.Bearing(some, token),
                isBad,
                ct
            )
        ).ToDictionary();
        foreach (var id in unknown)
        {
            if (await links.TicketOf(id, bearing.GetValueOrDefault(id), ct) is not null)
                ours.Add(id);
        }
        return ours;
    }
}

/// <summary>What a look brought.</summary>
/// <param name="Ours">Tickets of ours, read.</param>
/// <param name="Found">Requests that somebody opened for a school.</param>
/// <param name="Looked">The ids of all that was looked at.</param>
public sealed record Changes(IReadOnlyList<ItopRead> Ours, IReadOnlyList<RequestFound> Found, IReadOnlyList<string> Looked);
