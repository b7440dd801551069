using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Oql;

/// <summary>Runs a query over the store. A row holds one object per source.</summary>
public static class OqlRun
{
    public static IEnumerable<ItopObject> Select(this ItopStore store, OqlQuery query) =>
        Rows(store, query).Where(row => query.Where is null || IsTrue(store, query.Where, row)).Select(row => row[0]).Distinct();

    private static IEnumerable<ItopObject[]> Rows(ItopStore store, OqlQuery query)
    {
        var first = IdAsked(query.Where) is { } id ? Only(store.Find(query.Class, id)) : store.All(query.Class);
        var rows = first.Select(o => new[] { o });
        foreach (var source in query.Sources.Skip(1))
            rows = rows.SelectMany(row => Joined(store, source, row).Select(o => (ItopObject[])[.. row, o]));
        return rows;
    }

    private static IEnumerable<ItopObject> Only(ItopObject? found) => found is null ? [] : [found];

    private static IEnumerable<ItopObject> Joined(ItopStore store, OqlSource source, ItopObject[] row)
    {
        var wanted = Value(store, source.There!, row);
        if (source.Here!.IsId)
            return int.TryParse(wanted, out var id) ? Only(store.Find(source.Class, id)) : [];
        return store.All(source.Class).Where(o => store.Read(o, source.Here.Attribute!) as string == wanted);
    }

    // Most queries of a connector name one object: no need to look at all of them.
    private static int? IdAsked(OqlExpression? where) => where switch
    {
        OqlAnd and => IdAsked(and.Left) ?? IdAsked(and.Right),
        OqlCompare { Operator: "EQ", Left: OqlField { Source: 0, IsId: true }, Right: OqlLiteral literal } =>
            int.TryParse(literal.Value, out var id) ? id : null,
        _ => null,
    };

    private static bool IsTrue(ItopStore store, OqlExpression expression, ItopObject[] row) => expression switch
    {
        OqlAnd and => IsTrue(store, and.Left, row) && IsTrue(store, and.Right, row),
        OqlOr or => IsTrue(store, or.Left, row) || IsTrue(store, or.Right, row),
        OqlIn list => list.Values.Any(v => Compare(store, list.Left, v, row) == 0) != list.Negated,
        OqlCompare { Operator: "LIKE" } like => Like.Matches(
            Value(store, like.Left, row) ?? "",
            Value(store, like.Right, row) ?? ""
        ),
        OqlCompare compare => Holds(compare.Operator, Compare(store, compare.Left, compare.Right, row)),
        _ => false,
    };

    private static bool Holds(string comparison, int? order) => order is not null && comparison switch
    {
        "EQ" => order == 0,
        "NOT_EQ" => order != 0,
        "LT" => order < 0,
        "LE" => order <= 0,
        "GT" => order > 0,
        _ => order >= 0,
    };

    /// <summary>As the database compares: numbers by value, texts without regard to case, an unset value equal to
    /// nothing.</summary>
    private static int? Compare(ItopStore store, OqlExpression left, OqlExpression right, ItopObject[] row)
    {
        var (a, b) = (Value(store, left, row), Value(store, right, row));
        if (a is null || b is null)
            return null;
        var numeric =
            left is OqlField { IsNumeric: true }
            || right is OqlField { IsNumeric: true }
            || right is OqlLiteral { IsNumber: true };
        return numeric && long.TryParse(a, out var x) && long.TryParse(b, out var y)
            ? x.CompareTo(y)
            : string.Compare(a, b, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Value(ItopStore store, OqlExpression expression, ItopObject[] row)
    {
        if (expression is OqlLiteral literal)
            return literal.Value;
        if (expression is OqlNow now)
            return (store.DatabaseNow + now.Offset).ToString(
                Rest.LocalTime.Format,
                System.Globalization.CultureInfo.InvariantCulture
            );
        var field = (OqlField)expression;
        if (field.Attribute is null)
            return $"{row[field.Source].Id}";
        return store.Read(row[field.Source], field.Attribute) switch
        {
            string text => text,
            bool flag => flag ? "1" : "0",
            LogEntry[] log => string.Join('\n', log.Select(e => e.Message)),
            var other => other?.ToString(),
        };
    }
}
