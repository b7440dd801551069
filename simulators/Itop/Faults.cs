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
    int? Seed = null);

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
    int Seed);

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
                settings.Seed ?? now.Seed);
        }
    }

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
