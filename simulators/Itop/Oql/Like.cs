namespace GroupTicketing.Simulators.Itop.Oql;

/// <summary>SQL LIKE: <c>%</c> any run, <c>_</c> one character, a backslash before either makes it itself. Letter case
/// does not count.</summary>
public static class Like
{
    public static bool Matches(string text, string pattern)
    {
        var (at, rule) = (0, 0);
        var (retryAt, retryRule) = (-1, -1);
        while (at < text.Length)
        {
            if (rule < pattern.Length && pattern[rule] == '%')
            {
                retryRule = ++rule;
                retryAt = at;
            }
            else if (rule < pattern.Length && Fits(text[at], pattern, rule))
            {
                rule += IsEscape(pattern, rule) ? 2 : 1;
                at++;
            }
            else if (retryRule >= 0)
            {
                rule = retryRule;
                at = ++retryAt;
            }
            else
            {
                return false;
            }
        }
        return pattern.AsSpan(rule).TrimStart('%').IsEmpty;
    }

    private static bool Fits(char character, string pattern, int rule)
    {
        if (IsEscape(pattern, rule))
            return character == pattern[rule + 1];
        return pattern[rule] == '_' || char.ToUpperInvariant(character) == char.ToUpperInvariant(pattern[rule]);
    }

    private static bool IsEscape(string pattern, int rule) =>
        pattern[rule] == '\\' && rule + 1 < pattern.Length && (pattern[rule + 1] is '%' or '_' or '\\');
}
