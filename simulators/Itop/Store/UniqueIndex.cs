using GroupTicketing.Simulators.Itop.Model;

namespace GroupTicketing.Simulators.Itop.Store;

/// <summary>The index that the optional module makes in the database: what iTop's own rule lets through, two saves at
/// once, it does not. Empty values are none.</summary>
public static class UniqueIndex
{
    /// <exception cref="DuplicateEntry">Another one bears the value, whatever case it is written in.</exception>
    public static void Check(ItopObject candidate, IEnumerable<ItopObject> all)
    {
        var (of, _, unique) = OptionalModule.Known;
        if (!OptionalModule.IsIndexed || candidate.Class != of || candidate.Text(unique) is not { Length: > 0 } value)
            return;
        if (
            all.Any(other =>
                other.Id != candidate.Id && string.Equals(other.Text(unique), value, StringComparison.OrdinalIgnoreCase)
            )
        )
            throw new DuplicateEntry(value);
    }
}

/// <summary>The database refuses a row; iTop undoes what it began.</summary>
public sealed class DuplicateEntry(string value) : Exception
{
    public string Value => value;
}
