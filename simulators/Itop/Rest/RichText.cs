using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>iTop's rich text, as far as observed: plain text goes into one paragraph, markup is stripped of what could
/// run.</summary>
public static partial class RichText
{
    private static readonly HashSet<string> Tags = new(StringComparer.OrdinalIgnoreCase)
    {
        "p",
        "br",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "span",
        "div",
        "a",
        "img",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "hr",
        "sub",
        "sup",
        "figure",
        "caption",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        "href", "src", "class", "name", "alt", "target", "width", "height", "colspan", "rowspan",
    };

    public static string Html(string value)
    {
        if (value.Length == 0)
            return "";
        if (!Tag().IsMatch(value))
            return $"<p>{Escape(value)}</p>";
        var clean = Cleaned(WithContent().Replace(value, ""));
        if (Block().Match(clean) is not { Success: true } block)
            return $"<p>{clean}</p>";
        // A paragraph around the whole would end where the first block in it begins.
        return block.Index == 0 || clean.StartsWith('<') ? clean : $"<p>{clean[..block.Index]}</p>{clean[block.Index..]}";
    }

    /// <summary>A log entry of format "text": escaped, lines kept.</summary>
    public static string FromPlainText(string text) => Escape(text).Replace("\r\n", "\n").Replace("\n", "<br/>");

    public static string ToText(string html)
    {
        var lines = Break().Replace(html.Replace('\n', ' '), "\n");
        return WebUtility.HtmlDecode(Tag().Replace(lines, "")).Trim();
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    // The sanitiser reads a document and writes it again: a character that was spelled out comes back as itself.
    private static string Cleaned(string html)
    {
        var clean = new StringBuilder();
        var at = 0;
        foreach (Match tag in Tag().Matches(html))
        {
            clean.Append(Escape(WebUtility.HtmlDecode(html[at..tag.Index]))).Append(CleanTag(tag));
            at = tag.Index + tag.Length;
        }
        return clean.Append(Escape(WebUtility.HtmlDecode(html[at..]))).Replace("\u00A0", "&nbsp;").ToString();
    }

    private static string CleanTag(Match tag)
    {
        var name = tag.Groups[2].Value;
        if (!Tags.Contains(name))
            return "";
        if (tag.Groups[1].Length > 0)
            return $"</{name}>";
        var kept = Attribute()
            .Matches(tag.Groups[3].Value)
            .Where(a =>
                Attributes.Contains(a.Groups[1].Value) && IsHarmless(a.Groups[1].Value, a.Groups[2].Value.Trim('"', '\''))
            )
            .Select(a =>
                $" {a.Groups[1].Value}=\"{WebUtility.HtmlEncode(WebUtility.HtmlDecode(a.Groups[2].Value.Trim('"', '\'')))}\""
            );
        return $"<{name}{string.Concat(kept)}>";
    }

    private static bool IsHarmless(string attribute, string value) => attribute.ToLowerInvariant() switch
    {
        "src" => value.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase),
        "href" => !WebUtility.HtmlDecode(value).TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    [GeneratedRegex("<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")]
    private static partial Regex Tag();

    [GeneratedRegex("<(script|style|iframe)\\b.*?</\\1\\s*>|<!--.*?-->", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex WithContent();

    [GeneratedRegex("<(p|h[1-6]|div|ul|ol|table|pre|blockquote)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Block();

    [GeneratedRegex("</(p|div|li|h[1-6]|tr)>|<br\\s*/?> ?", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex("([a-zA-Z-]+)\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^\\s>]+)")]
    private static partial Regex Attribute();
}
