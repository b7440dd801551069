using System.Collections.Concurrent;
using System.Globalization;

namespace GroupTicketing.Prove;

/// <summary>One run of a proof: what it was asked for, and what it says on its way.</summary>
/// <param name="Tickets">How many tickets.</param>
/// <param name="Kills">How many faults.</param>
/// <param name="Seed">Of all chance in it.</param>
/// <param name="Small">Whether it runs among the suite's tests: bounds of time are said and not judged, since the
/// machine is busy with others.</param>
/// <param name="Say">Where its lines go.</param>
public sealed record ProofRun(int Tickets, int Kills, int Seed, Mode Mode, bool Small, Action<string> Say)
{
    const int Newest = 60;

    /// <summary>Whether every bound held so far.</summary>
    public bool Held { get; private set; } = true;

    /// <summary>All chance of this run.</summary>
    public Random Chance { get; } = new(Seed);

    /// <summary>The engines of the distributed mode, the run's own; null: embedded.</summary>
    public OwnEngines? Engines { get; init; }

    /// <summary>The newest warnings and errors of the product's processes: a proof that fails far away is explained by
    /// nothing else.</summary>
    public ConcurrentQueue<string> Warnings { get; } = new();

    /// <summary>A process warned.</summary>
    public void Warned(string line)
    {
        Warnings.Enqueue($"{DateTime.UtcNow:HH:mm:ss} {line}");
        while (Warnings.Count > Newest)
            Warnings.TryDequeue(out _);
    }

    /// <summary>A bound besides the four counts: what was aimed at, what was measured.</summary>
    public void Bound(string what, string aim, string measured, bool holds)
    {
        Held &= holds;
        Say($"{(holds ? "ok  " : "FAIL")} {what}: {measured} (aim: {aim})");
    }

    /// <summary>A bound of time, judged only where the machine is the run's own.</summary>
    public void Bound(string what, TimeSpan atMost, TimeSpan measured) =>
        Bound(what, $"at most {Shown(atMost)}{(Small ? ", not judged here" : "")}", Shown(measured), Small || measured <= atMost);

    static string Shown(TimeSpan time) => time.TotalSeconds < 2
        ? $"{time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms"
        : $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
}
