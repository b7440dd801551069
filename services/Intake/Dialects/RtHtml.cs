using System.Net;
using System.Text.RegularExpressions;

namespace GroupTicketing.Intake.Dialects;

/// <summary>A message in HTML as text, as RT makes it for its scrip: paragraphs apart, a break is a line. What is quoted is cut as it is cut from text. REST shows the HTML alone.</summary>
static partial class RtHtml
{
    // Quotes in quotes go from the inside out; nobody's are deeper.
    const int DeepestQuote = 50;

    public static string Text(string html)
    {
        var text = Unseen().Replace(html, "");
        for (var depth = 0; depth < DeepestQuote && Quote().IsMatch(text); depth++)
            text = Quote().Replace(text, "");
        text = Spaces().Replace(text, " ");
        text = Paragraph().Replace(Line().Replace(text, "\n"), "\n\n");
        var lines = WebUtility.HtmlDecode(Tag().Replace(text, "")).Split('\n').Select(line => line.Trim());
        return Gap().Replace(string.Join('\n', lines), "\n\n").Trim();
    }

    [GeneratedRegex(@"<!--.*?-->|<(head|style|script)\b.*?</\1\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Unseen();

    [GeneratedRegex(@"<blockquote\b(?:(?!<blockquote\b).)*?</blockquote\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Quote();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"<br\b[^>]*>|</(div|li|tr)\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex Line();

    [GeneratedRegex(@"</(p|h[1-6]|ul|ol|table|pre)\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gap();
}
