using System.Text;

namespace GroupTicketing.Platform;

/// <summary>The text as it is laid out: blanks run together, blocks stand on lines of their own, cells and links are
/// told apart.</summary>
/// <param name="quotes">Whether what is quoted is written, each line behind <c>&gt; </c>.</param>
sealed class HtmlLayout(bool quotes)
{
    // "https://", a slash, and blanks.
    const int MostAround = 64;

    const string CellsApart = " | ";

    // Deeper ones look like this one: a prefix that grew with each line would make the text grow with its square.
    const int DeepestQuote = 3;

    readonly StringBuilder text = new();
    readonly Stack<int?> items = new();
    int newlines;
    int quoted;
    int linkStart;
    bool space;
    bool rowHasText;
    bool cellBegins;
    string bullet = "";

    public void Begin(HtmlElement element)
    {
        Break(element.Name);
        switch (element.Name)
        {
            case "br":
                newlines = Math.Min(2, newlines + 1);
                break;
            case "blockquote":
                quoted++;
                break;
            case "ul" or "ol":
                items.Push(element.Name == "ol" ? 0 : null);
                break;
            case "li":
                bullet = Bullet();
                break;
            case "tr":
                rowHasText = false;
                break;
            case "td" or "th":
                cellBegins = rowHasText;
                break;
            case "a":
                linkStart = text.Length;
                break;
        }
    }

    public void End(HtmlElement element)
    {
        if (element.Link is { } link)
            Address(link);
        Break(element.Name);
        if (element.Name == "blockquote")
            quoted--;
        if (element.Name is "ul" or "ol")
            items.TryPop(out _);
    }

    public void Write(string data, bool preformatted)
    {
        foreach (var one in data)
        {
            if (one == '\n' && preformatted)
                newlines = Math.Min(2, newlines + 1);
            else if (!preformatted && one is (' ' or '\t' or '\n' or '\r' or '\f'))
                space = true;
            else
                Put(one);
        }
    }

    public override string ToString() => text.ToString().Trim();

    void Break(string name)
    {
        if (cellBegins)
            return;
        if (HtmlElements.Paragraphs.Contains(name))
            newlines = 2;
        else if (HtmlElements.Lines.Contains(name))
            newlines = Math.Max(1, newlines);
    }

    string Bullet()
    {
        if (!items.TryPop(out var count))
            return "- ";
        items.Push(count + 1);
        return count is { } before ? $"{before + 1}. " : "- ";
    }

    void Put(char one)
    {
        if (quoted > 0 && !quotes)
            return;
        Before();
        text.Append(one);
        rowHasText = true;
    }

    void Before()
    {
        if (cellBegins)
            text.Append(CellsApart);
        else if (newlines > 0 || text.Length == 0)
            Line();
        else if (space)
            text.Append(' ');
        text.Append(bullet);
        (newlines, space, cellBegins, bullet) = (0, false, false, "");
    }

    void Line()
    {
        var prefix = string.Concat(Enumerable.Repeat("> ", Math.Min(quoted, DeepestQuote)));
        for (var line = 0; line < newlines && text.Length > 0; line++)
            text.Append('\n');
        text.Append(prefix);
    }

    void Address(string link)
    {
        var start = Math.Min(linkStart, text.Length);
        // What is longer than the address is another text, and not copied whole, however many links are open at once.
        var shown = text.ToString(start, Math.Min(text.Length - start, link.Length + MostAround)).Trim();
        if (IsSame(shown, link))
            return;
        space |= shown.Length > 0;
        foreach (var one in shown.Length == 0 ? link : $"({link})")
            Put(one);
    }

    static bool IsSame(string shown, string link)
    {
        var address = link.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? link["mailto:".Length..] : link;
        return string.Equals(shown.TrimEnd('/'), address.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
            || string.Equals("https://" + shown.TrimEnd('/'), address.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }
}
