using GroupTicketing.Directory;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What an iTop has of a catalogue.</summary>
/// <param name="Found">By name, each with the id this iTop knows it by.</param>
/// <param name="Closed">Kinds the account may not read: of these nothing is known.</param>
public sealed record InItop(IReadOnlyList<Found> Found, IReadOnlyList<ItopKind> Closed)
{
    /// <summary>Names what was read. What belongs to something that was not read is left out.</summary>
    public static InItop Of(IEnumerable<ItopRow> rows, IReadOnlyList<ItopKind> closed)
    {
        var paths = new Dictionary<(ItopKind, string), string>();
        var named = new List<(ItopRow Row, string Path)>();
        foreach (var row in rows.OrderBy(row => row.Kind))
        {
            if (ItopItem.Of(row.Kind, row.Says(paths)) is not { } item)
                continue;
            paths[(row.Kind, row.Id)] = item.Path;
            named.Add((row, item.Path));
        }
        return new([.. named.Select(one => new Found(new(one.Row.Kind, one.Path, one.Row.Says(paths)), one.Row.Id))], closed);
    }

    public IEnumerable<Found> Of(ItopKind kind) => Found.Where(one => one.Item.Kind == kind);
}
