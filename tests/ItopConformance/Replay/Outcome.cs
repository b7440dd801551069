namespace GroupTicketing.ItopConformance.Replay;

/// <summary>What came of one replayed recording: where the simulator's answer differs from iTop's; nowhere, or nearly
/// always so.</summary>
public sealed record Outcome(Step Step, IReadOnlyList<string> Differences)
{
    public bool IsEqual => Differences.Count == 0;
}
