namespace GroupTicketing.Platform;

/// <summary>
/// Rung after each write with what the document owes now: the payer is woken at once, and never pays inside the ring.
/// Before the write it says which calls could begin
/// right after it: those are claimed in it, and need no write of their own.
/// </summary>
public sealed class Doorbell
{
    IPayer? payer;

    /// <summary>Who is woken.</summary>
    public void Answer(IPayer payer) => this.payer = payer;

    internal Seat? Seat(string key, string lane, string target) => payer?.Seat(key, lane, target);

    internal void Ring(IReadOnlyList<Owed> owed, DateTimeOffset now)
    {
        if (payer is null)
            return;
        foreach (var debt in owed)
        {
            if (debt.Due <= now)
                payer.Wake(debt);
        }
    }
}

/// <summary>Who pays what documents owe.</summary>
public interface IPayer
{
    /// <summary>That is due now.</summary>
    void Wake(Owed owed);

    /// <summary>A worker that is free for that lane now and is kept for it; null where there is none, or the target is
    /// down.</summary>
    Seat? Seat(string key, string lane, string target);
}
