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
    const string Cut = "<p>… (texte coupé ; il est entier dans le fichier joint " + FileName + ")</p>";

    /// <summary>The file in which the description is whole where it had to be cut.</summary>
    public const string FileName = "description.txt";

    /// <param name="isKeyed">The key has a place of its own and stays out of the title, unless that is empty or could
    /// be taken for a key.</param>
    public static string Title(TicketEscalated asked, bool isKeyed)
    {
        var whole = Uncut(asked, isKeyed);
        return whole.Length <= MostTitle ? whole : Characters.Fitting(whole, MostTitle - 1) + "…";
    }

    public static string Html(TicketEscalated asked)
    {
        var whole = Whole(asked);
        return Encoding.UTF8.GetByteCount(whole) <= MostBytes ? whole : Shortened(asked);
    }

    /// <summary>Title and description as text, where iTop's columns do not take them whole; null: they do.</summary>
    public static string? Text(TicketEscalated asked, bool isKeyed)
    {
        var html = Whole(asked);
        var isCut = Uncut(asked, isKeyed).Length > MostTitle || Encoding.UTF8.GetByteCount(html) > MostBytes;
        return isCut ? $"{Line(asked.Handover.Title)}\n\n{ReadFields.Plain(html)}\n" : null;
    }

    static string Uncut(TicketEscalated asked, bool isKeyed)
    {
        var line = Line(asked.Handover.Title);
        return isKeyed && !string.IsNullOrWhiteSpace(line) && Marker.TicketOf(line) is null
            ? line
            : $"{Marker.For(Asked.From(asked))} {line}";
    }

    static string Line(string title) => string.Join(' ', title.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    static string Whole(TicketEscalated asked) => string.Concat(Texts(asked).Select(Paragraph));

    // As much of the paragraphs as fits, and what to look into for the rest.
    static string Shortened(TicketEscalated asked)
    {
        var (html, left) = (new StringBuilder(), MostBytes - Size(Cut));
        foreach (var text in Texts(asked))
        {
            var kept = Characters.Fitting(text, left - Size(Paragraph("")), one => Size(Encoded(one)));
            html.Append(Paragraph(kept));
            left -= Size(Paragraph(kept));
            if (kept.Length < text.Length)
                break;
        }
        return html.Append(Cut).ToString();
    }

    static IEnumerable<string> Texts(TicketEscalated asked)
    {
        var handover = asked.Handover;
        yield return $"{EntryText.Who(new Author(Role.Requester, handover.Requester?.Name))}, {asked.SchoolName}, "
            + $"ticket {handover.Ticket.Number}, {ItopTime.Shown(asked.Heading.OccurredAt)}";
        if (handover.Ticket.Url is { } url)
            yield return url;
        if (asked.PreviousReference is { } previous)
            yield return $"Suite de {previous}, fermé.";
        yield return handover.Description;
        if (!string.IsNullOrWhiteSpace(handover.Summary))
            yield return $"Résumé du support : {handover.Summary}";
        foreach (var comment in handover.Comments ?? [])
            yield return $"{EntryText.Who(comment.Author)}, {ItopTime.Shown(comment.At)} : {comment.Text}";
    }

    static string Paragraph(string text) => $"<p>{Encoded(text)}</p>";

    static string Encoded(string text) => WebUtility.HtmlEncode(text.ReplaceLineEndings("\n")).Replace("\n", "<br/>");

    static int Size(string html) => Encoding.UTF8.GetByteCount(html);
}
