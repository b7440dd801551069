namespace GroupTicketing.Simulators.Itop;

/// <summary>The faults in force.</summary>
public sealed record FaultState(
    int LatencyMs,
    Span CreateCommitLateMs,
    double CreateCommitLateShare,
    double DropAnswerShare,
    double Http500Share,
    bool Maintenance,
    bool ReadOnly,
    bool Refuse,
    int EmptyPollEvery,
    int Seed)
{
    public IReadOnlyDictionary<string, double> Shapes { get; init; } = new Dictionary<string, double>();

    public bool ShapesOnCreates { get; init; }

    public int? ShapesTimes { get; init; }

    public double DoneShare { get; init; }

    public int SilenceMs { get; init; } = 60_000;
}
