using GroupTicketing.Directory;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>One name that is not in iTop as the files say.</summary>
public sealed record Drifted(DriftKind How, ItopKind Kind, string Name)
{
    internal static Drifted Of(PlanLine line) => new(
        line switch
        {
            PlanLine.Change => DriftKind.Differs,
            PlanLine.Several => DriftKind.Several,
            _ => DriftKind.Absent,
        },
        line.Item.Kind,
        line.Item.Path);
}

/// <summary>In what way.</summary>
public enum DriftKind
{
    Absent,

    /// <summary>There, written otherwise, of another request type or no longer in production.</summary>
    Differs,

    /// <summary>More than once.</summary>
    Several,

    /// <summary>A service in no contract of a school.</summary>
    NoContract,
}
