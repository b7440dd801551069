namespace GroupTicketing.Simulators.Itop.Oql;

/// <summary>A query iTop does not understand. core/get names the exception class; a key given as OQL only quotes the
/// message.</summary>
public sealed class OqlError(string exceptionClass, string message) : Exception(message)
{
    public string ExceptionClass { get; } = exceptionClass;

    public static OqlError Unexpected(string query, OqlToken token)
    {
        var found = token.Kind == "End of Input" ? "0" : token.Raw;
        var at = token.Kind == "End of Input" ? 0 : token.At;
        return new OqlError(
            "OQLParserSyntaxErrorException",
            $"Unexpected token {token.Kind} - found '{found}' at {at} in '{query}'"
        );
    }

    public static OqlError UnknownClass(string query, OqlToken token, IEnumerable<string> expected) => new(
        "UnknownClassOqlException",
        $"Unknown class - found '{token.Raw}' at {token.At} in '{query}', expecting {{{string.Join(", ", expected)}}}");

    public static OqlError UnknownAttribute(string query, OqlToken token, IEnumerable<string> expected) => new(
        "OqlNormalizeException",
        $"Unknown filter code - found '{token.Raw}' at {token.At} in '{query}', expecting {{{string.Join(", ", expected)}}}");

    public static OqlError UnknownAlias(string query, OqlToken token, IEnumerable<string> expected) => new(
        "OqlNormalizeException",
        $"Unknown class [alias] - found '{token.Raw}' at {token.At} in '{query}', expecting {{{string.Join(", ", expected)}}}");
}
