using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Reads the solutions that children point to.</summary>
public sealed class ParentSolutions(ItopClient itop, Halving halving, ReadingRules rules)
{
    public async Task<ItopRead> Followed(ItopRead read, CancellationToken ct) =>
        Pointer.Followed(
            read,
            Pointer.Parent(read) is { } id ? (await ReadGroupTicket.Read(itop, [id], ct)).SingleOrDefault() : null,
            rules.Group
        );

    /// <summary>Of several; a child whose parent cannot be read is as bad as its parent, and left out.</summary>
    public async Task<IReadOnlyList<ItopRead>> Followed(
        IReadOnlyList<ItopRead> reads,
        Func<string, Task> isBad,
        CancellationToken ct
    )
    {
        var (ids, bad) = (
            reads.Select(Pointer.Parent).OfType<string>().Distinct().ToList(),
            new HashSet<string>()
        );
        var parents = (
            await halving.Read(
                ids,
                (some, token) => ReadGroupTicket.Read(itop, some, token),
                id => Task.FromResult(bad.Add(id)),
                ct
            )
        ).ToDictionary(parent => parent.Id);
        var followed = new List<ItopRead>();
        foreach (var read in reads)
        {
            var id = Pointer.Parent(read) ?? "";
            if (bad.Contains(id))
                await isBad(read.Id);
            else
                followed.Add(Pointer.Followed(read, parents.GetValueOrDefault(id), rules.Group));
        }
        return followed;
    }
}
