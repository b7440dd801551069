using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What an iTop has of a catalogue.</summary>
/// <param name="Found">By name, each with the id this iTop knows it by.</param>
/// <param name="Closed">Kinds the account may not read: of these nothing is known.</param>
public sealed record InItop(IReadOnlyList<Found> Found, IReadOnlyList<ItopKind> Closed)
{
    /// <summary>What has no place in a catalogue: it belongs to nothing, or to something that was not read.</summary>
    public IReadOnlyList<ItopRow> Unplaced { get; init; } = [];

    /// <summary>Names what was read.</summary>
    public static InItop From(IEnumerable<ItopRow> rows, IReadOnlyList<ItopKind> closed)
    {
        var paths = new Dictionary<(ItopKind, string), string>();
        var (named, unplaced) = (new List<(ItopRow Row, string Path)>(), new List<ItopRow>());
        foreach (var row in rows.OrderBy(row => row.Kind))
        {
            if (ItopItem.From(row.Kind, row.Says(paths)) is { } item)
            {
                paths[(row.Kind, row.Id)] = item.Path;
                named.Add((row, item.Path));
            }
            else
            {
                unplaced.Add(row);
            }
        }
        return new([.. named.Select(one => new Found(new(one.Row.Kind, one.Path, one.Row.Says(paths)), one.Row.Id))], closed)
        {
            Unplaced = unplaced,
        };
    }

    public IEnumerable<Found> From(ItopKind kind) => Found.Where(one => one.Item.Kind == kind);
}
