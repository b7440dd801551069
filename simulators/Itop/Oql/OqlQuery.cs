using GroupTicketing.Simulators.Itop.Model;

namespace GroupTicketing.Simulators.Itop.Oql;

/// <summary>A parsed query: sources in the order they join, the first one the class selected.</summary>
public sealed record OqlQuery(List<OqlSource> Sources, OqlExpression? Where)
{
    public string Class => Sources[0].Class;
}

/// <param name="Here">The attribute of this source in its ON clause; <paramref name="There"/> the one of a source named
/// before.</param>
public sealed record OqlSource(string Alias, string Class, OqlField? Here, OqlField? There);

public abstract record OqlExpression;

/// <param name="Attribute">Null for the id.</param>
public sealed record OqlField(int Source, ItopAttribute? Attribute, bool IsNumeric) : OqlExpression
{
    public bool IsId => Attribute is null;
}

public sealed record OqlLiteral(string Value, bool IsNumber) : OqlExpression;

/// <summary>NOW(), or a time before or after it.</summary>
public sealed record OqlNow(TimeSpan Offset) : OqlExpression;

public sealed record OqlCompare(string Operator, OqlExpression Left, OqlExpression Right) : OqlExpression;

public sealed record OqlIn(OqlExpression Left, List<OqlLiteral> Values, bool Negated) : OqlExpression;

public sealed record OqlAnd(OqlExpression Left, OqlExpression Right) : OqlExpression;

public sealed record OqlOr(OqlExpression Left, OqlExpression Right) : OqlExpression;
