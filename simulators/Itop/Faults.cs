namespace GroupTicketing.Simulators.Itop;

/// <summary>A span of milliseconds.</summary>
public sealed record Span(int Min, int Max);

/// <summary>What goes wrong, on purpose. Shares are between 0 and 1.</summary>
/// <param name="LatencyMs">How long each call takes.</param>
/// <param name="CreateCommitLateMs">How much later than the broken connection a late create is committed.</param>
/// <param name="CreateCommitLateShare">Share of UserRequest creates whose connection breaks at once and that are committed later.</param>
/// <param name="DropAnswerShare">Share of calls that are done and whose answer never comes.</param>
/// <param name="Http500Share">Share of calls answered by PHP's error page, not done.</param>
/// <param name="Maintenance">Every call is answered 503, in iTop's maintenance shape.</param>
/// <param name="ReadOnly">Every write is answered code 1, as during a backup.</param>
/// <param name="Refuse">Every connection is broken, nothing is done.</param>
/// <param name="EmptyPollEvery">Every so manieth search of what was updated since answers that nothing was; 0: none.</param>
/// <param name="Seed">Starts the random numbers anew.</param>
/// <param name="Shapes">Share of calls answered in each of the shapes of <see cref="OddAnswers"/>; replaces the former ones.</param>
/// <param name="ShapesOnCreates">Whether only creates of UserRequests are answered so.</param>
/// <param name="ShapesTimes">How many calls are answered so; null: until changed.</param>
/// <param name="DoneShare">Share of the calls answered with a page or with silence that were done all the same.</param>
/// <param name="SilenceMs">How long a silence lasts before the connection breaks.</param>
public sealed record FaultSettings(
    int? LatencyMs = null,
    Span? CreateCommitLateMs = null,
    double? CreateCommitLateShare = null,
    double? DropAnswerShare = null,
    double? Http500Share = null,
    bool? Maintenance = null,
    bool? ReadOnly = null,
    bool? Refuse = null,
    int? EmptyPollEvery = null,
    int? Seed = null,
    IReadOnlyDictionary<string, double>? Shapes = null,
    bool? ShapesOnCreates = null,
    int? ShapesTimes = null,
    double? DoneShare = null,
    int? SilenceMs = null);

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

/// <summary>Holds the faults and throws the dice.</summary>
public sealed class Faults(int latencyMs, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Random _dice = new(1);
    private int _polls;

    public FaultState Current { get; private set; } = new(latencyMs, new Span(1000, 20000), 0, 0, 0, false, false, false, 0, 1);

    /// <summary>Changes what is given and keeps the rest.</summary>
    public FaultState Change(FaultSettings settings)
    {
        lock (_gate)
        {
            var now = Current;
            if (settings.Seed is { } seed)
                _dice = new Random(seed);
            return Current = new FaultState(
                settings.LatencyMs ?? now.LatencyMs,
                settings.CreateCommitLateMs ?? now.CreateCommitLateMs,
                settings.CreateCommitLateShare ?? now.CreateCommitLateShare,
                settings.DropAnswerShare ?? now.DropAnswerShare,
                settings.Http500Share ?? now.Http500Share,
                settings.Maintenance ?? now.Maintenance,
                settings.ReadOnly ?? now.ReadOnly,
                settings.Refuse ?? now.Refuse,
                settings.EmptyPollEvery ?? now.EmptyPollEvery,
                settings.Seed ?? now.Seed)
            {
                Shapes = settings.Shapes ?? now.Shapes,
                ShapesOnCreates = settings.ShapesOnCreates ?? now.ShapesOnCreates,
                ShapesTimes = settings.Shapes is null ? now.ShapesTimes : settings.ShapesTimes,
                DoneShare = settings.DoneShare ?? now.DoneShare,
                SilenceMs = settings.SilenceMs ?? now.SilenceMs,
            };
        }
    }

    /// <summary>The odd shape in which this call is answered, or null.</summary>
    public string? Shape(bool isTicketCreate)
    {
        lock (_gate)
        {
            var now = Current;
            if (now.Shapes.Count == 0 || now.ShapesTimes == 0 || (now.ShapesOnCreates && !isTicketCreate))
                return null;
            var thrown = _dice.NextDouble();
            foreach (var (shape, share) in now.Shapes)
            {
                thrown -= share;
                if (thrown >= 0)
                    continue;
                Current = now with { ShapesTimes = now.ShapesTimes - 1 };
                return shape;
            }
            return null;
        }
    }

    public Task Silence() => Wait(Current.SilenceMs);

    public bool Strikes(double share)
    {
        if (share <= 0)
            return false;
        lock (_gate)
            return _dice.NextDouble() < share;
    }

    /// <summary>Whether this search of what was updated since finds nothing.</summary>
    public bool EmptiesPoll(string oql)
    {
        lock (_gate)
            return Current.EmptyPollEvery is > 0 and var every && oql.Contains("last_update >=", StringComparison.Ordinal) && ++_polls % every == 0;
    }

    public Task Latency() => Wait(Current.LatencyMs);

    public Task LateCommit()
    {
        lock (_gate)
            return Wait(_dice.Next(Current.CreateCommitLateMs.Min, Current.CreateCommitLateMs.Max + 1));
    }

    private Task Wait(int milliseconds) =>
        milliseconds > 0 ? Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock) : Task.CompletedTask;
}
