using GroupTicketing.Simulators.Itop.Model;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop.Rest;

/// <summary>The module's blocking rule. iTop looks first and inserts then, without a lock: parallel creations may both
/// pass. It looks at everything, whatever the account may see.</summary>
public static class Uniqueness
{
    /// <summary>In the default words, as the module brings none of its own.</summary>
    public static string? Issue(ItopStore store, ItopObject candidate, string language)
    {
        var (of, _, unique) = OptionalModule.Known;
        if (!OptionalModule.IsInstalled || candidate.Class != of || candidate.Text(unique) is not { Length: > 0 } value)
            return null;
        if (
            !store
                .All(of)
                .Any(other =>
                    other.Id != candidate.Id && string.Equals(other.Text(unique), value, StringComparison.OrdinalIgnoreCase)
                )
        )
            return null;
        return language == "EN US"
            ? $"Uniqueness rule '{unique}' in error"
            : $"La règle d'unicité '{unique}' renvoie une erreur";
    }
}
