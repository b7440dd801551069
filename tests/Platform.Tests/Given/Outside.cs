namespace GroupTicketing.Platform.Tests;

/// <summary>A target that answers as a test says, and remembers what it was asked.</summary>
sealed class Outside(string targets, RetrySchedule retries, int atOnce = 1) : IAdapter
{
    readonly Lock gate = new();
    readonly List<Attempt> attempts = [];

    public string Targets => targets;

    public TimeSpan Deadline => TimeSpan.FromSeconds(15);

    public int AtOnce => atOnce;

    public int Ahead { get; init; }

    public bool OnlyOneInstance { get; init; }

    public RetrySchedule Retries => retries;

    public Func<Attempt, CancellationToken, Task<Answer>> Answers { get; set; } =
        (_, _) => Task.FromResult<Answer>(new Answer.Done());

    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (gate)
                return [.. attempts];
        }
    }

    public void Answer(Answer answer) => Answers = (_, _) => Task.FromResult(answer);

    public Task<Answer> Call(Attempt attempt, CancellationToken ct)
    {
        lock (gate)
            attempts.Add(attempt);
        return Answers(attempt, ct);
    }
}
