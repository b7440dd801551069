namespace GroupTicketing.Platform;

/// <summary>The elements that are open, innermost last; ends that are not written are found as browsers find
/// them.</summary>
sealed class HtmlOpen
{
    // Nobody writes deeper between an item and the one it ends; without a bound each item might look through all that
    // is open.
    const int MostLookedAt = 50;

    readonly List<HtmlElement> elements = [];
    readonly Dictionary<string, int> counts = [];
    int hidden;
    int preformatted;

    public bool IsHidden => hidden > 0;

    public bool IsPreformatted => preformatted > 0;

    public void Add(HtmlElement element)
    {
        elements.Add(element);
        counts[element.Name] = counts.GetValueOrDefault(element.Name) + 1;
        Count(element, 1);
    }

    /// <summary>The end of an element, and with it of all in it; an end of nothing is nothing. What was visible of
    /// them, innermost first.</summary>
    public IReadOnlyList<HtmlElement> Close(string name) =>
        counts.GetValueOrDefault(name) == 0 ? [] : Cut(elements.FindLastIndex(element => element.Name == name));

    /// <summary>What ends because an element of that name begins.</summary>
    public IReadOnlyList<HtmlElement> CloseFor(string name)
    {
        if (HtmlElements.EndedBy(name) is not var (ends, within) || ends.All(one => counts.GetValueOrDefault(one) == 0))
            return [];
        for (
            var at = elements.Count - 1;
            at >= Math.Max(0, elements.Count - MostLookedAt) && !within.Contains(elements[at].Name);
            at--
        )
        {
            if (ends.Contains(elements[at].Name))
                return Cut(at);
        }
        return [];
    }

    public IReadOnlyList<HtmlElement> CloseAll() => Cut(0);

    List<HtmlElement> Cut(int from)
    {
        var visible = new List<HtmlElement>();
        for (var at = elements.Count - 1; at >= from; at--)
        {
            var element = elements[at];
            counts[element.Name]--;
            Count(element, -1);
            if (!IsHidden && !element.IsHidden)
                visible.Add(element);
        }
        elements.RemoveRange(from, elements.Count - from);
        return visible;
    }

    void Count(HtmlElement element, int by)
    {
        hidden += element.IsHidden ? by : 0;
        preformatted += element.Name is "pre" or "xmp" or "textarea" or "plaintext" ? by : 0;
    }
}
