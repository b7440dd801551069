using System.Text.RegularExpressions;
using AngleSharp.Html.Parser.Tokens;

namespace GroupTicketing.Platform;

/// <summary>An element as far as its text needs it.</summary>
/// <param name="Link">The address it leads to, or null.</param>
/// <param name="IsHidden">Whether nobody sees what is in it.</param>
sealed partial record HtmlElement(string Name, string? Link, bool IsHidden)
{
    const int LongestScheme = 20;

    static readonly HashSet<string> unsafeOrOurs = ["javascript", "vbscript", "data", "cid", "blob", "about"];

    public static HtmlElement From(HtmlTagToken tag)
    {
        var isHidden = HtmlElements.Hidden.Contains(tag.Name) || tag.Attributes.Any(one => one.Name == "hidden")
            || Unseen().IsMatch(tag.GetAttribute("style") ?? "");
        return new(tag.Name, tag.Name == "a" ? Address(tag.GetAttribute("href") ?? "") : null, isHidden);
    }

    // Only whole addresses lead anywhere outside the page.
    static string? Address(string href)
    {
        var address = string.Concat(href.Where(one => !char.IsControl(one))).Trim();
        var scheme = address.IndexOf(':') is > 0 and <= LongestScheme and var colon ? address[..colon].ToLowerInvariant() : "";
        return scheme.Length > 0 && scheme.All(char.IsAsciiLetterOrDigit) && !unsafeOrOurs.Contains(scheme) ? address : null;
    }

    [GeneratedRegex(
        @"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Unseen();
}

/// <summary>What elements there are.</summary>
static class HtmlElements
{
    public static readonly HashSet<string> Void =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    public static readonly HashSet<string> Hidden =
        ["script", "style", "title", "iframe", "noembed", "noframes", "template", "svg", "object", "audio", "video",
            "canvas", "datalist", "select"];

    public static readonly HashSet<string> Paragraphs =
        ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "blockquote", "hr"];

    public static readonly HashSet<string> Lines =
    [
        "div", "li", "tr", "dt", "dd", "address", "article", "aside", "caption", "center", "fieldset", "figcaption",
        "figure", "footer", "form", "header", "legend", "main", "nav", "section",
        "tbody", "thead", "tfoot", "body", "html", "details", "summary", "xmp", "plaintext",
    ];

    public static bool IsBlock(string name) => Paragraphs.Contains(name) || Lines.Contains(name);

    /// <summary>What one that begins ends, and what it does not look behind.</summary>
    public static (string[] Ends, string[] Within)? EndedBy(string name) => name switch
    {
        "li" => (["li"], ["ul", "ol"]),
        "dt" or "dd" => (["dt", "dd"], ["dl"]),
        "td" or "th" => (["td", "th"], ["table", "tr"]),
        "tr" or "tbody" or "tfoot" => (["tr"], ["table"]),
        "a" => (["a"], []),
        _ when IsBlock(name) => (["p"], ["td", "th", "table"]),
        _ => null,
    };
}
