namespace GroupTicketing.Platform;

/// <summary>A way to the outside: makes one attempt and answers. It never retries, and looks before it repeats what is
/// in doubt.</summary>
public interface IAdapter
{
    /// <summary>What the targets it serves begin with, e.g. <c>school:</c>.</summary>
    string Targets { get; }

    /// <summary>How long one attempt may take; its token is cancelled then.</summary>
    TimeSpan Deadline { get; }

    /// <summary>How many attempts at a time per target (over this process).</summary>
    int AtOnce { get; }

    /// <summary>How many more attempts are saved ahead while that many are on their way, so that the next call waits
    /// for no write; for calls that mostly take less than a second. Default 0.</summary>
    int Ahead => 0;

    /// <summary>Whether of several instances only one calls its targets: then <see cref="AtOnce"/> is a limit over all
    /// of them.</summary>
    bool OnlyOneInstance => false;

    /// <summary>When to try again.</summary>
    RetrySchedule Retries { get; }

    /// <summary>One attempt. What it throws is treated as "nobody knows": tried again, in doubt.</summary>
    Task<Answer> Call(Attempt attempt, CancellationToken ct);
}

/// <summary>Growing pauses, then an even one for as long as it takes. Up to a fifth is taken off each, at random, so
/// that many do not come at once.</summary>
/// <param name="Pauses">After the first failure, the second…; the last repeats.</param>
public sealed record RetrySchedule(params IReadOnlyList<TimeSpan> Pauses)
{
    /// <summary>Schools: 5 s, 30 s, 2 min, 5 min, then every 2 min one probe.</summary>
    public static readonly RetrySchedule Schools = FromSeconds(5, 30, 120, 300, 120);

    /// <summary>iTop: 1, 2, 4 s, every 4 s for the first minute, then every 30 s.</summary>
    public static readonly RetrySchedule Itop = FromSeconds(1, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 30);

    /// <summary>The bus: a second, then every 5 s.</summary>
    public static readonly RetrySchedule Bus = FromSeconds(1, 2, 5);

    /// <summary>The pause after that many failures (from 1).</summary>
    /// <param name="failures">1 or more.</param>
    /// <param name="chance">0 to 1: how much of the fifth is taken off.</param>
    public TimeSpan After(int failures, double chance) => Pauses[Math.Clamp(failures, 1, Pauses.Count) - 1] * (1 - chance / 5);

    static RetrySchedule FromSeconds(params IEnumerable<int> seconds) =>
        new([.. seconds.Select(one => TimeSpan.FromSeconds(one))]);
}

/// <summary>What an adapter answers for one attempt. Adapters never retry: the dispatcher does.</summary>
/// <param name="Result">What the service is to know of it (a reference, a status), or null.</param>
public abstract record Answer(object? Result)
{
    /// <summary>It happened.</summary>
    public sealed record Done(object? Result = null) : Answer(Result)
    {
        /// <summary>What is to be written with the answer; null: nothing.</summary>
        public Piece? Note { get; init; }
    }

    /// <summary>The other side will not do it: the lane stops, visibly, until a person retries it or gives it up.</summary>
    /// <param name="Reason">What to change, in words for the operator; no personal data.</param>
    /// <param name="Cause">The same as a code, by which all alike are found.</param>
    public sealed record Refused(string Reason, object? Result = null, Cause Cause = Cause.Other) : Answer(Result);

    /// <summary>It did not happen, or nobody knows.</summary>
    /// <param name="Reason">Why; no personal data.</param>
    /// <param name="After">When to try again; null for the target's own schedule.</param>
    /// <param name="Sent">Whether the other side may have done it all the same: then the call is in doubt, and the next
    /// attempt looks first.</param>
    /// <param name="TargetDown">Whether every call to that target would fare alike: it is then probed by one call at a
    /// time.</param>
    /// <param name="Cause">Why, as a code, by which all alike are found.</param>
    public sealed record TryAgain(
        string Reason,
        TimeSpan? After = null,
        bool Sent = true,
        bool TargetDown = false,
        object? Result = null,
        Cause Cause = Cause.Other
    ) : Answer(Result);
}
