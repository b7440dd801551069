using System.Text.RegularExpressions;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What iTop writes as a child's solution when its parent is resolved: where the solution is to be found, not
/// what it is.</summary>
public static partial class Pointer
{
    /// <summary>iTop's id of the request that a solution points to; null: it is a solution.</summary>
    public static string? In(string? solution) =>
        solution is not null && Sentence().Match(solution) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>iTop's id of the parent to be read for its solution; null: none. Who points to a request that is not
    /// the parent is a person, and what stands there was not meant for this school.</summary>
    public static string? Parent(ItopRead read) => In(read.Solution) is { } id && id == read.Parent ? id : null;

    /// <summary>The reading with what its parent says, where that is the group's own; else without the pointer, which
    /// would name another school's request.</summary>
    public static ItopRead Followed(ItopRead read, ItopRead? parent, string group) =>
        In(read.Solution) is null
            ? read
            : read with
            {
                Solution =
                    parent is { Solution: { } solution }
                    && In(solution) is null
                    && Registry.Words.Same(parent.Organisation, group)
                        ? solution
                        : "Résolu avec une autre demande.",
            };

    // iTop's own sentence and nothing else: an agent may name another request in a solution.
    [GeneratedRegex(
        @"^\s*(?:Résolu|Resolved|Solved)\b[^\[\]]{0,20}\[\[UserRequest:([0-9]{1,12})\|[^\]]*\]\]\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Sentence();
}
