using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Tickets as iTop shows them now, with what its history says was saved into their logs.</summary>
sealed class ShownLogs(ItopClient itop, Halving halving, ParentSolutions solutions, PutAside aside)
{
    readonly ReadHistory history = new(itop, halving);

    /// <summary>Whether iTop can show it, as far as is known.</summary>
    public bool Shows(string id) => !aside.Holds(id);

    /// <param name="isBad">Told of each that it cannot show.</param>
    public async Task<(Dictionary<string, ItopRead> Found, ILookup<string, LogSave> Saves)> For(
        IReadOnlyList<string> ids,
        DateTimeOffset now,
        Func<string, Task> isBad,
        CancellationToken ct
    )
    {
        // Before the logs: what the history shows then, they must show.
        var saves = await history.For(ids, now, isBad, ct);
        var read = await halving.Read(ids, (some, token) => ReadGroupTicket.Read(itop, some, token), isBad, ct);
        return ((await solutions.Followed(read, isBad, ct)).ToDictionary(one => one.Id), saves);
    }
}
