namespace GroupTicketing.Platform.Tests;

/// <summary>
/// One attempt at the ledger, step by step: in doubt it looks first, "not found" counts only once
/// <see cref="Attempt.Unsettled"/> says so, and it leaves at its deadline.
/// </summary>
sealed class Flight(Attempt attempt, Ledger ledger, MovableClock clock, Flaw flaw)
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    // The tool is done at the latest 45 s after its client has left.
    static readonly TimeSpan longest = TimeSpan.FromSeconds(44.9);

    readonly TimeSpan began = clock.Real;
    Ledger.Row? sent;

    public Attempt Attempt => attempt;

    /// <summary>What the call ended with; null while it goes on.</summary>
    public Answer? Answer { get; private set; }

    /// <summary>Goes on by one step.</summary>
    /// <param name="luck">0 to 99: how long the tool takes, and whether its answer is lost.</param>
    public void Go(int luck)
    {
        if (Answer is not null)
            return;
        if (clock.Real - began > Deadline)
            Answer = new Answer.TryAgain("no answer in time", TargetDown: true);
        else if (sent is null)
            LookOrSend(luck);
        else if (luck % 4 == 0)
            Answer = new Answer.TryAgain("the connection broke");
        else if (ledger.IsThere(sent))
            Answer = new Answer.Done(sent.Key);
    }

    void LookOrSend(int luck)
    {
        var key = attempt.Call.Body.GetString()!;
        if (attempt.InDoubt is not null && flaw is not Flaw.IgnoreDoubt)
        {
            var unsettled = attempt.Unsettled(clock.GetUtcNow());
            if (ledger.Has(key))
                Answer = new Answer.Done(key);
            else if (unsettled > TimeSpan.Zero)
                Answer = new Answer.TryAgain("not found yet", unsettled, Sent: false);
        }
        if (Answer is null)
            sent = ledger.Create(key, longest * luck / 99);
    }
}
