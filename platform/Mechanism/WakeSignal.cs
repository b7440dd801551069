namespace GroupTicketing.Platform;

/// <summary>
/// Raised after each write with what is pending in the document now: the dispatcher is woken at once, and never calls inside.
/// Before the write it says which calls could begin
/// right after it: those are claimed in it, and need no write of their own.
/// </summary>
public sealed class WakeSignal
{
    IDispatcher? dispatcher;

    /// <summary>Who is woken.</summary>
    public void Answer(IDispatcher dispatcher) => this.dispatcher = dispatcher;

    internal Reservation? Reserve(string key, string lane, string target) => dispatcher?.Reserve(key, lane, target);

    internal void Raise(IReadOnlyList<PendingLane> pending, DateTimeOffset now)
    {
        if (dispatcher is null)
            return;
        foreach (var call in pending)
        {
            if (call.Due <= now)
                dispatcher.Wake(call);
        }
    }
}

/// <summary>Who does what is pending in documents.</summary>
public interface IDispatcher
{
    /// <summary>That is due now.</summary>
    void Wake(PendingLane pending);

    /// <summary>A worker that is free for that lane now and is kept for it; null where there is none, or the target is
    /// down.</summary>
    Reservation? Reserve(string key, string lane, string target);
}
