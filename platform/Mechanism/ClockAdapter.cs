namespace GroupTicketing.Platform;

/// <summary>Reminders: they are due, and that is all.</summary>
sealed class ClockAdapter : IAdapter
{
    public string Targets => Debts.Clock;

    public TimeSpan Deadline => TimeSpan.FromSeconds(5);

    public int AtOnce => 2;

    public RetrySchedule Retries => RetrySchedule.Bus;

    public Task<Answer> Pay(Attempt attempt, CancellationToken ct) => Task.FromResult<Answer>(new Answer.Done());
}
