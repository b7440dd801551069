namespace GroupTicketing.Simulators.Itop;

/// <summary>Holds the faults and throws the dice.</summary>
public sealed class Faults(int latencyMs, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Random _dice = new(1);
    private int _polls;
    private int _held;
    private int _mostHeld;

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
                LargestBodyMiB = settings.LargestBodyMiB ?? now.LargestBodyMiB,
                Poisoned = settings.Poisoned ?? now.Poisoned,
                PoisonedShape = settings.PoisonedShape ?? now.PoisonedShape,
                HoldCreates = settings.HoldCreates ?? now.HoldCreates,
                LogShownHoursLater = settings.LogShownHoursLater ?? now.LogShownHoursLater,
                AccessMode = settings.AccessMode ?? now.AccessMode,
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

    /// <summary>How many creations are held now, and how many were at most.</summary>
    public (int Now, int Most) Held
    {
        get
        {
            lock (_gate)
                return (_held, _mostHeld);
        }
    }

    /// <summary>Waits while creations are held.</summary>
    public async Task Hold()
    {
        if (!Current.HoldCreates)
            return;
        lock (_gate)
            _mostHeld = Math.Max(_mostHeld, ++_held);
        while (Current.HoldCreates)
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        lock (_gate)
            _held--;
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
            return Current.EmptyPollEvery is > 0 and var every
                && oql.Contains("last_update >=", StringComparison.Ordinal)
                && ++_polls % every == 0;
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
