using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace GroupTicketing.Platform;

/// <summary>
/// HTML as the text it shows: links keep their address, cells and items stand apart, lines are kept, what is hidden is
/// left out. Of a fragment of any size in linear time: its
/// tokens are read one by one, no tree is built, since a tree of a few kilobytes may grow without end (formatting
/// elements are opened anew in each paragraph).
/// </summary>
public static class HtmlText
{
    /// <summary>All it shows. Each line that is quoted (<c>blockquote</c>) begins with <c>&gt; </c>, as in a
    /// mail.</summary>
    /// <param name="html">A fragment or a document; whatever is wrong in it is read as browsers read it, or left
    /// out.</param>
    public static string From(string html) => Written(html, quotes: true);

    /// <summary>The same without what is quoted: what its author wrote now.</summary>
    /// <param name="html">A fragment or a document.</param>
    public static string WithoutQuotes(string html) => Written(html, quotes: false);

    static string Written(string html, bool quotes)
    {
        using var source = new TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { SkipComments = true };
        var (layout, open) = (new HtmlLayout(quotes), new HtmlOpen());
        for (var token = tokens.Get(); token.Type is not HtmlTokenType.EndOfFile; token = tokens.Get())
        {
            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    tokens.State = Begin((HtmlTagToken)token, layout, open);
                    break;
                case HtmlTokenType.EndTag:
                    End(open.Close(token.Name), layout);
                    break;
                case HtmlTokenType.Character when !open.IsHidden:
                    layout.Write(token.Data, open.IsPreformatted);
                    break;
            }
        }
        End(open.CloseAll(), layout);
        return layout.ToString();
    }

    // The parser of a tree would say in which state the tokenizer reads on.
    static HtmlParseMode Begin(HtmlTagToken tag, HtmlLayout layout, HtmlOpen open)
    {
        End(open.CloseFor(tag.Name), layout);
        var element = HtmlElement.From(tag);
        if (!open.IsHidden && !element.IsHidden)
            layout.Begin(element);
        if (!HtmlElements.Void.Contains(tag.Name))
            open.Add(element);
        return tag.Name switch
        {
            "script" => HtmlParseMode.Script,
            "style" or "iframe" or "noembed" or "noframes" or "xmp" => HtmlParseMode.Rawtext,
            "title" or "textarea" => HtmlParseMode.RCData,
            "plaintext" => HtmlParseMode.Plaintext,
            _ => HtmlParseMode.PCData,
        };
    }

    static void End(IReadOnlyList<HtmlElement> closed, HtmlLayout layout)
    {
        foreach (var element in closed)
            layout.End(element);
    }
}
