using System.Net;
using System.Text;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>A new group ticket's title and description within iTop's limits: 255 characters, 65,535 bytes of HTML.</summary>
static class Description
{
    const int MostTitle = 255;
    const int MostBytes = 60_000;
    const string Cut = "… (texte coupé ; il est entier dans le fichier joint " + FileName + ")";

    /// <summary>The file in which the description is whole where it had to be cut.</summary>
    public const string FileName = "description.txt";

    /// <param name="isKeyed">The key has a place of its own and stays out of the title, unless that is empty or could be taken for a key.</param>
    public static string Title(TicketEscalated asked, bool isKeyed)
    {
        var whole = Uncut(asked, isKeyed);
        return whole.Length <= MostTitle ? whole : whole[..(MostTitle - 1)] + "…";
    }

    public static string Html(TicketEscalated asked) => Bounded(Whole(asked));

    /// <summary>Title and description as text, where iTop's columns do not take them whole; null: they do.</summary>
    public static string? Text(TicketEscalated asked, bool isKeyed)
    {
        var html = Whole(asked);
        var isCut = Uncut(asked, isKeyed).Length > MostTitle || Encoding.UTF8.GetByteCount(html) > MostBytes;
        return isCut ? $"{Line(asked.Title)}\n\n{ReadFields.Plain(html)}\n" : null;
    }

    static string Uncut(TicketEscalated asked, bool isKeyed)
    {
        var line = Line(asked.Title);
        return isKeyed && !string.IsNullOrWhiteSpace(line) && Marker.TicketOf(line) is null ? line : $"{Marker.Of(asked)} {line}";
    }

    static string Line(string title) => string.Join(' ', title.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    static string Whole(TicketEscalated asked)
    {
        var text = new StringBuilder();
        text.Append(Paragraph($"{EntryText.Who(new Author(Role.Requester, asked.Requester?.Name))}, {asked.SchoolName}, ticket {asked.Ticket.Number}, {ItopTime.Shown(asked.Heading.OccurredAt)}"));
        if (asked.Ticket.Url is { } url)
            text.Append(Paragraph(url));
        if (asked.PreviousReference is { } previous)
            text.Append(Paragraph($"Suite de {previous}, fermé."));
        text.Append(Paragraph(asked.Description));
        if (!string.IsNullOrWhiteSpace(asked.Summary))
            text.Append(Paragraph($"Résumé du support : {asked.Summary}"));
        foreach (var comment in asked.Comments ?? [])
            text.Append(Paragraph($"{EntryText.Who(comment.Author)}, {ItopTime.Shown(comment.At)} : {comment.Text}"));
        return text.ToString();
    }

    static string Paragraph(string text) => $"<p>{WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n", "<br/>")}</p>";

    static string Bounded(string html)
    {
        if (Encoding.UTF8.GetByteCount(html) <= MostBytes)
            return html;
        var kept = html[..Math.Min(html.Length, MostBytes / 4)];
        var whole = kept.LastIndexOfAny(['>', ' ']);
        return $"{kept[..(whole < 0 ? kept.Length : whole + 1)]}</p><p>{Cut}</p>";
    }
}
