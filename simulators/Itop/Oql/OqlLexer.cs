using System.Text;

namespace GroupTicketing.Simulators.Itop.Oql;

/// <param name="Kind">A keyword, NAME, STRING, NUMBER, the name iTop gives to an operator, or "End of Input".</param>
/// <param name="Raw">The text as written; <paramref name="Value"/> is it without quotes and escapes.</param>
public readonly record struct OqlToken(string Kind, string Raw, string Value, int At);

/// <summary>Cuts a query into tokens.</summary>
public static class OqlLexer
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "SELECT", "FROM", "AS", "WHERE", "JOIN", "ON", "AND", "OR", "IN", "NOT", "LIKE",
    };

    private static readonly (string Text, string Kind)[] Operators =
    [
        ("!=", "NOT_EQ"), ("<=", "LE"), (">=", "GE"), ("=", "EQ"), ("<", "LT"), (">", "GT"),
        ("(", "PAR_OPEN"), (")", "PAR_CLOSE"), (",", "COMA"), (".", "DOT"),
    ];

    public static List<OqlToken> Cut(string query)
    {
        var tokens = new List<OqlToken>();
        var at = 0;
        while (at < query.Length)
        {
            if (char.IsWhiteSpace(query[at]))
            {
                at++;
                continue;
            }
            var token = Next(query, at);
            tokens.Add(token);
            at += token.Raw.Length;
        }
        tokens.Add(new OqlToken("End of Input", "", "", query.Length));
        return tokens;
    }

    private static OqlToken Next(string query, int at)
    {
        if (query[at] is '\'' or '"')
            return Quoted(query, at);
        foreach (var (text, kind) in Operators)
            if (string.CompareOrdinal(query, at, text, 0, text.Length) == 0)
                return new OqlToken(kind, text, text, at);
        var end = at;
        while (end < query.Length && (char.IsLetterOrDigit(query[end]) || query[end] == '_' || (query[end] == '-' && end == at)))
            end++;
        if (end == at)
            throw new OqlError("OQLLexerException", $"Unexpected character - found '{query[at]}' at {at} in '{query}'");
        var raw = query[at..end];
        if (long.TryParse(raw, out _))
            return new OqlToken("NUMBER", raw, raw, at);
        return Keywords.Contains(raw.ToUpperInvariant())
            ? new OqlToken(raw.ToUpperInvariant(), raw, raw, at)
            : new OqlToken("NAME", raw, raw, at);
    }

    private static OqlToken Quoted(string query, int at)
    {
        var quote = query[at];
        var value = new StringBuilder();
        for (var i = at + 1; i < query.Length; i++)
        {
            if (query[i] == quote)
                return new OqlToken("STRVAL", query[at..(i + 1)], value.ToString(), at);
            var escaped = query[i] == '\\' && i + 1 < query.Length && (query[i + 1] is '\\' or '\'' or '"');
            value.Append(escaped ? query[++i] : query[i]);
        }
        throw new OqlError("OQLLexerException", $"Unexpected input - found '{quote}' at {at} in '{query}'");
    }
}
