namespace GroupTicketing.Prove;

/// <summary>What became of everything that was accepted, by three ledgers. The four words are Jepsen's.</summary>
/// <param name="Lost">Accepted and never created, never in the log, never told, or not known to our own Portal.</param>
/// <param name="Duplicated">Created twice, an entry twice, told under two ids.</param>
/// <param name="Disordered">Tickets whose entries or callbacks do not stand in the order they were said in.</param>
/// <param name="Unexpected">Created, written or told without having been accepted, or refused at the door.</param>
/// <param name="Of">How many tickets.</param>
/// <param name="Recovered">Created though the sender never read an answer; no fault.</param>
public sealed record Verdict(int Lost, int Duplicated, int Disordered, int Unexpected, int Of, int Recovered = 0)
{
    /// <summary>Of nothing.</summary>
    public static readonly Verdict None = new(0, 0, 0, 0, 0);

    /// <summary>Whether everything promised was kept.</summary>
    public bool Kept => Lost + Duplicated + Disordered + Unexpected == 0;

    /// <summary>Both together.</summary>
    public static Verdict operator +(Verdict one, Verdict other) =>
        new(
            one.Lost + other.Lost,
            one.Duplicated + other.Duplicated,
            one.Disordered + other.Disordered,
            one.Unexpected + other.Unexpected,
            one.Of + other.Of,
            one.Recovered + other.Recovered
        );

    /// <inheritdoc/>
    public override string ToString() =>
        $"lost {Lost} duplicated {Duplicated} disordered {Disordered} unexpected {Unexpected} of {Of}";
}
