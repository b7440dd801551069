using GroupTicketing.Simulators.Itop.Model;

namespace GroupTicketing.Simulators.Itop.Oql;

/// <summary>The part of OQL a connector needs: SELECT, JOIN … ON a = b, WHERE with comparisons, LIKE, IN, AND, OR and
/// parentheses.</summary>
public sealed partial class OqlParser
{
    private readonly string _query;
    private readonly List<OqlToken> _tokens;
    private readonly List<OqlSource> _sources = [];
    private int _at;

    private OqlParser(string query)
    {
        _query = query;
        _tokens = OqlLexer.Cut(query);
    }

    private OqlToken Current => _tokens[_at];

    public static OqlQuery Parse(string query) => new OqlParser(query).Query();

    private OqlQuery Query()
    {
        // A condition is OQL too, so iTop takes a leading name and only stumbles on what follows it.
        if (Current.Kind == "NAME")
            _at++;
        Take("SELECT");
        Source();
        while (TryTake("JOIN"))
            Join();
        var where = TryTake("WHERE") ? Or() : null;
        if (Current.Kind != "End of Input")
            throw OqlError.Unexpected(_query, Current);
        return new OqlQuery(_sources, where);
    }

    private void Source()
    {
        var first = Take("NAME");
        var columns = new List<OqlToken> { first };
        while (TryTake("COMA"))
            columns.Add(Take("NAME"));
        var name = TryTake("FROM") ? Take("NAME") : first;
        _sources.Add(new OqlSource(Alias(name), ClassOf(name), null, null));
    }

    private void Join()
    {
        var name = Take("NAME");
        var (alias, itopClass) = (Alias(name), ClassOf(name));
        _sources.Add(new OqlSource(alias, itopClass, null, null));
        Take("ON");
        var left = Field();
        Take("EQ");
        var right = Field();
        var mine = _sources.Count - 1;
        var (here, there) = left.Source == mine ? (left, right) : (right, left);
        _sources[mine] = new OqlSource(alias, itopClass, here, there);
    }

    private string Alias(OqlToken name) => TryTake("AS") ? Take("NAME").Raw : name.Raw;

    private string ClassOf(OqlToken name) =>
        DataModel.Find(name.Raw) is null ? throw OqlError.UnknownClass(_query, name, DataModel.ClassNames) : name.Raw;

    private OqlExpression Or()
    {
        var left = And();
        while (TryTake("OR"))
            left = new OqlOr(left, And());
        return left;
    }

    private OqlExpression And()
    {
        var left = Condition();
        while (TryTake("AND"))
            left = new OqlAnd(left, Condition());
        return left;
    }

    private OqlExpression Condition()
    {
        if (TryTake("PAR_OPEN"))
        {
            var inner = Or();
            Take("PAR_CLOSE");
            return inner;
        }
        var left = Operand();
        if (TryTake("NOT"))
        {
            Take("IN");
            return new OqlIn(left, Literals(), Negated: true);
        }
        if (TryTake("IN"))
            return new OqlIn(left, Literals(), Negated: false);
        if (Current.Kind is not ("EQ" or "NOT_EQ" or "LT" or "LE" or "GT" or "GE" or "LIKE"))
            throw OqlError.Unexpected(_query, Current);
        var comparison = _tokens[_at++].Kind;
        return new OqlCompare(comparison, left, Operand());
    }

    private List<OqlLiteral> Literals()
    {
        Take("PAR_OPEN");
        var values = new List<OqlLiteral> { Literal() };
        while (TryTake("COMA"))
            values.Add(Literal());
        Take("PAR_CLOSE");
        return values;
    }

    private OqlExpression Operand() =>
        Current.Kind != "NAME" ? Literal()
        : _tokens[_at + 1].Kind == "PAR_OPEN" ? Time()
        : Field();

    private OqlLiteral Literal() => Current.Kind is "STRVAL" or "NUMBER"
        ? new OqlLiteral(Current.Value, _tokens[_at++].Kind == "NUMBER")
        : throw OqlError.Unexpected(_query, Current);

    private OqlField Field()
    {
        var name = Take("NAME");
        var source = 0;
        if (TryTake("DOT"))
        {
            source = _sources.FindIndex(s => s.Alias == name.Raw);
            if (source < 0)
                throw OqlError.UnknownAlias(_query, name, _sources.Select(s => s.Alias));
            name = Take("NAME");
        }
        var itopClass = DataModel.Get(_sources[source].Class);
        if (name.Raw == "id")
            return new OqlField(source, null, IsNumeric: true);
        var attribute = itopClass.Find(name.Raw)
            ?? throw OqlError.UnknownAttribute(_query, name, itopClass.Attributes.Select(a => a.Code));
        var numeric =
            attribute.IsNumeric || (attribute.Kind == "external" && DataModel.TargetOf(itopClass, attribute) is not null);
        return new OqlField(source, attribute, numeric);
    }

    private OqlToken Take(string kind) => Current.Kind == kind ? _tokens[_at++] : throw OqlError.Unexpected(_query, Current);

    private bool TryTake(string kind)
    {
        if (Current.Kind != kind)
            return false;
        _at++;
        return true;
    }
}
