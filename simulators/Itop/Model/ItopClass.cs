using System.Text.Json.Serialization;

namespace GroupTicketing.Simulators.Itop.Model;

/// <summary>One class of the data model; its attributes are in the order iTop lists them.</summary>
public sealed class ItopClass
{
    private readonly Dictionary<string, ItopAttribute> _byCode;

    [JsonConstructor]
    public ItopClass(string name, string friendlyName, string orderBy, ItopAttribute[] attributes, string? root = null)
    {
        Name = name;
        FriendlyName = friendlyName;
        OrderBy = orderBy.TrimStart('-');
        Descending = orderBy.StartsWith('-');
        Root = root ?? name;
        Attributes = attributes;
        _byCode = attributes.ToDictionary(a => a.Code, StringComparer.Ordinal);
    }

    public string Name { get; }

    /// <summary>The class whose table gives out the ids: a team never has the id of a person.</summary>
    public string Root { get; }

    /// <summary>The shape of the friendly name: attribute codes in braces.</summary>
    public string FriendlyName { get; }

    public string OrderBy { get; }

    public bool Descending { get; }

    public ItopAttribute[] Attributes { get; }

    /// <summary>The class with an attribute more.</summary>
    public ItopClass With(ItopAttribute added) =>
        new(Name, FriendlyName, $"{(Descending ? "-" : "")}{OrderBy}", [.. Attributes, added], Root);

    public ItopAttribute? Find(string code) => _byCode.GetValueOrDefault(code);
}
