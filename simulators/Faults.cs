namespace GroupTicketing.Simulators;

/// <summary>What a simulator does wrong, until told otherwise. Every member is optional in <c>POST /sim/faults</c>; what is left out goes back to none.</summary>
public sealed record Faults
{
    public int? LatencyMs { get; init; }

    /// <summary>A create's connection breaks at once, and the ticket is committed that much later.</summary>
    public Between? CreateCommitLateMs { get; init; }

    /// <summary>0 to 1: how many creates commit late.</summary>
    public double CreateCommitLateShare { get; init; }

    /// <summary>0 to 1: how many writes are done and then not answered.</summary>
    public double DropAnswerShare { get; init; }

    /// <summary>0 to 1: how many calls get the web server's error page.</summary>
    public double Http500Share { get; init; }

    public bool Maintenance { get; init; }

    public bool ReadOnly { get; init; }

    public bool Refuse { get; init; }

    public int? CallbackStatus { get; init; }

    public int? RetryAfter { get; init; }

    public int CallbackDelayMs { get; init; }

    /// <summary>How many calls the fault lasts; null: until changed.</summary>
    public int? Times { get; init; }

    public int? Seed { get; init; }
}

public sealed record Between(int Min, int Max);

/// <summary>The faults in force, and the chance that decides on each call.</summary>
public sealed class FaultSwitch
{
    private readonly Lock _gate = new();
    private Random _chance = new(1);
    private int _left = int.MaxValue;

    public Faults Now { get; private set; } = new();

    public Faults Set(Faults faults)
    {
        lock (_gate)
        {
            _chance = new Random(faults.Seed ?? 1);
            _left = faults.Times ?? int.MaxValue;
            return Now = faults;
        }
    }

    /// <summary>The faults for one more call; after the last time there are none.</summary>
    public Faults Next()
    {
        lock (_gate)
        {
            if (_left <= 0)
                Now = new Faults { LatencyMs = Now.LatencyMs };
            else if (_left != int.MaxValue)
                _left--;
            return Now;
        }
    }

    public bool Happens(double share)
    {
        lock (_gate)
            return share > 0 && _chance.NextDouble() < share;
    }

    public int Pick(Between between)
    {
        lock (_gate)
            return _chance.Next(between.Min, between.Max + 1);
    }
}
