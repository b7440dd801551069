using System.Collections.Immutable;

namespace GroupTicketing.Platform;

/// <summary>
/// How many workers of a target hold calls of ours. One that answers reads and holds writes (its database locks a table,
/// as for a dump) keeps a worker at each until it is done, whether its caller waits or not: while one is held, no more
/// than two are there. Pure: it is told how each call ended and the time, and says whether one more may begin.
/// </summary>
/// <param name="UnderWay">Calls that somebody waits for.</param>
/// <param name="Held">Calls that go on and nobody waits for any more.</param>
/// <param name="Lingering">Workers that are at a call though it ended for us: until when that is believed, in the time a
/// process has been up.</param>
/// <param name="Pauses">How many workers were left so since the target last answered.</param>
public sealed record Holding(int UnderWay, int Held, ImmutableList<TimeSpan> Lingering, int Pauses)
{
    /// <summary>How many of its workers are held at most.</summary>
    public const int Most = 2;

    /// <summary>It holds none.</summary>
    public static readonly Holding Nothing = new(0, 0, [], 0);

    static readonly TimeSpan[] pauses = [.. new[] { 1, 2, 5, 10 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    /// <summary>With one more call; null: it must not begin now.</summary>
    public Holding? Begin(TimeSpan now)
    {
        var lingering = Lingering.RemoveAll(until => until <= now);
        var there = Held + lingering.Count;
        return there > 0 && there + UnderWay >= Most ? null : this with { UnderWay = UnderWay + 1, Lingering = lingering };
    }

    /// <summary>Nobody waits for one call any more, and it goes on.</summary>
    public Holding GoesOn() => this with { UnderWay = UnderWay - 1, Held = Held + 1 };

    /// <summary>What it is after one call ended.</summary>
    /// <param name="isHeld">Whether nobody waited for it any more.</param>
    public Holding Observe(CallEnd end, bool isHeld, TimeSpan now)
    {
        var rest = isHeld ? this with { Held = Held - 1 } : this with { UnderWay = UnderWay - 1 };
        return end switch
        {
            CallEnd.Answered => rest with { Lingering = [], Pauses = 0 },
            CallEnd.Left => rest with
            {
                Lingering = Lingering.Add(now + pauses[Math.Min(Pauses, pauses.Length - 1)]),
                Pauses = Pauses + 1,
            },
            _ => rest,
        };
    }
}

/// <summary>How a call ended.</summary>
public enum CallEnd
{
    /// <summary>The target answered it: whatever it held flows.</summary>
    Answered,

    /// <summary>For us only: a worker is still at it.</summary>
    Left,

    /// <summary>It failed, and says nothing of others.</summary>
    Failed,
}
