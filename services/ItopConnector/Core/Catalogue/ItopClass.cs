using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>How a kind of the catalogue is kept in iTop.</summary>
/// <param name="Name">iTop's class.</param>
/// <param name="Fields">What is read of it and written.</param>
/// <param name="Given">Attributes a new one is given besides.</param>
sealed record ItopClass(
    ItopKind Kind,
    string Name,
    IReadOnlyList<ItopField> Fields,
    IReadOnlyDictionary<string, string>? Given = null
)
{
    public string Attributes => string.Join(',', Fields.Select(one => one.Attribute).Prepend("id").Distinct());
}
