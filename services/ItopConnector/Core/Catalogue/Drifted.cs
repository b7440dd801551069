using GroupTicketing.Registry;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>One name that is not in iTop as the files say.</summary>
public sealed record Drifted(DriftKind How, ItopKind Kind, string Name)
{
    internal static Drifted From(PlanLine line) => new(
        line switch
        {
            PlanLine.Change => DriftKind.Differs,
            PlanLine.Several => DriftKind.Several,
            _ => DriftKind.Absent,
        },
        line.Item.Kind,
        line.Item.Path);
}
