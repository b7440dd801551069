using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <param name="Says">The file's key.</param>
/// <param name="Attribute">iTop's attribute.</param>
/// <param name="IsLate">Set once everything is made: it points to what comes after, or to another of its kind.</param>
sealed record ItopField(string Says, string Attribute, bool IsLate = false)
{
    /// <summary>What it points to; null: it is a text.</summary>
    public ItopKind? To => ItopItem.Refers.TryGetValue(Says, out var kind) ? kind : null;
}
