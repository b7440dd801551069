namespace GroupTicketing.Simulators.Itop.Model;

/// <summary>One attribute of a class, as iTop 3.2.0's data model declares it.</summary>
/// <param name="Kind">key, integer, string, email, text, html, enum, meta, date, log, links, blob, external, name,
/// obsolete, final,
/// watch, sub, duration or password.</param>
/// <param name="Label">The French label iTop quotes in its validation messages; <paramref name="English"/> the English
/// one where it differs.</param>
/// <param name="Target">The class a key points to, or the linked class of a link set.</param>
/// <param name="Of">The key an external attribute follows, or the key of the linked class that points back.</param>
/// <param name="From">The attribute read on the object that key points to.</param>
public sealed record ItopAttribute(
    string Code,
    string Kind,
    string? Label = null,
    bool ReadOnly = false,
    bool Required = false,
    string? Target = null,
    string[]? Values = null,
    int? Max = null,
    string? Default = null,
    string? Of = null,
    string? From = null,
    string? English = null)
{
    public bool IsNumeric => Kind is "key" or "integer";

    public object? Unset => Kind switch
    {
        "key" or "integer" => "0",
        "enum" or "meta" or "final" => Default,
        "watch" => 0,
        _ => "",
    };
}
