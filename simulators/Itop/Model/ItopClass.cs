using System.Text.Json.Serialization;

namespace GroupTicketing.Simulators.Itop.Model;

/// <summary>One class of the data model; its attributes are in the order iTop lists them.</summary>
public sealed class ItopClass
{
    private readonly Dictionary<string, ItopAttribute> _byCode;

    [JsonConstructor]
    public ItopClass(string name, string friendlyName, string orderBy, bool descending, ItopAttribute[] attributes)
    {
        Name = name;
        FriendlyName = friendlyName;
        OrderBy = orderBy;
        Descending = descending;
        Attributes = attributes;
        _byCode = attributes.ToDictionary(a => a.Code, StringComparer.Ordinal);
    }

    public string Name { get; }

    /// <summary>The shape of the friendly name: attribute codes in braces.</summary>
    public string FriendlyName { get; }

    public string OrderBy { get; }

    public bool Descending { get; }

    public ItopAttribute[] Attributes { get; }

    /// <summary>The abstract class it shares its ids with; null: none.</summary>
    public string? Root { get; init; }

    public ItopAttribute? Find(string code) => _byCode.GetValueOrDefault(code);
}
