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

    public int LargestBodyMiB { get; init; } = Server.LargestBodyMiB;

    public IReadOnlyList<int> Poisoned { get; init; } = [];

    public string PoisonedShape { get; init; } = "code100";

    /// <summary>How iTop fails on the first bad one among them; null: none is.</summary>
    public string? PoisonIn(IEnumerable<int> ids)
    {
        var shapes = PoisonedShape.Split(',');
        return ids.Select(id => Poisoned.ToList().IndexOf(id))
            .Where(place => place >= 0)
            .Select(place => shapes[place % shapes.Length])
            .FirstOrDefault();
    }

    public bool HoldCreates { get; init; }

    public int LogShownHoursLater { get; init; }

    public int AccessMode { get; init; } = 3;

    public bool LetsWrite(bool administrator) => !ReadOnly && AccessMode switch
    {
        0 => false,
        1 => !administrator,
        2 => administrator,
        _ => true,
    };
}
