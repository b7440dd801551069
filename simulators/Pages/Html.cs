using System.Net;

namespace GroupTicketing.Simulators.Pages;

/// <summary>Plain pages: everything shown is encoded here.</summary>
static class Html
{
    public static string E(string? text) => WebUtility.HtmlEncode(text ?? "");

    public static string Page(string title, string body) =>
        $"""
        <!DOCTYPE html>
        <html lang="fr"><head><meta charset="utf-8"><title>{E(title)}</title><link rel="stylesheet" href="/page.css"></head>
        <body><h1>{E(title)}</h1>{body}</body></html>
        """;

    public static string Table(IEnumerable<string> heads, IEnumerable<IEnumerable<string>> rows)
    {
        var head = string.Concat(heads.Select(one => $"<th>{E(one)}</th>"));
        var body = string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>"));
        return $"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>";
    }

    /// <summary>Several lines of text.</summary>
    public static string Text(string? text) => $"<div class=\"text\">{E(text).Replace("\n", "<br>")}</div>";
}
