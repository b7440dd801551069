using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>An object as read.</summary>
/// <param name="Texts">By attribute; what is empty is absent.</param>
public sealed record ItopRow(ItopKind Kind, string Id, IReadOnlyDictionary<string, string> Texts)
{
    internal Dictionary<string, string> Says(Dictionary<(ItopKind, string), string> paths)
    {
        var says = new Dictionary<string, string>();
        foreach (var field in ItopClasses.For(Kind).Fields)
        {
            var text = Texts.GetValueOrDefault(field.Attribute);
            var said = field.To is { } to && text is not null ? paths.GetValueOrDefault((to, text)) : text;
            if (said is not null)
                says[field.Says] = said;
        }
        return says;
    }
}
