namespace GroupTicketing.Platform;

/// <summary>
/// Whether a target answers, as far as this process knows: stored once, not per call. While it is down, one call at a
/// time probes it. Pure: it is told each answer and the time, and says what it is then.
/// </summary>
/// <param name="State">As it is stored, for other processes and the next one.</param>
/// <param name="Noted">When it was last found down. In the time a process has been up, which only goes on: a wall clock
/// that went back must not keep a dead target unprobed.</param>
/// <param name="Pause">How long after that nothing is asked of it.</param>
/// <param name="Answered">When it last answered; zero: never.</param>
public sealed record TargetHealth(TargetState State, TimeSpan Noted, TimeSpan Pause, TimeSpan Answered)
{
    /// <summary>Up, as far as is known.</summary>
    public static readonly TargetHealth Unknown = new(TargetState.Up, default, default, default);

    /// <summary>Whether it did not answer the last time.</summary>
    public bool IsDown => State.NextTry is not null;

    /// <summary>Whether something may be asked of it: one thing, where it is down.</summary>
    public bool MayBeAsked(Moment now) => !IsDown || now.Uptime - Noted >= Pause;

    /// <summary>As another process, or the one before, knew it.</summary>
    /// <param name="longest">A pause by whatever clock is no longer than this.</param>
    public TargetHealth Heard(TargetState state, Moment now, TimeSpan longest)
    {
        var left = (state.NextTry ?? default) - now.At;
        return this with { State = state, Noted = now.Uptime, Pause = left < longest ? left : longest };
    }

    /// <summary>What one attempt's answer says of the target: one that found it down while others were answered is that
    /// ticket's own failure.</summary>
    /// <param name="began">When the attempt began.</param>
    public Answer Weigh(Answer answer, TimeSpan began) =>
        answer is Answer.TryAgain { TargetDown: true } again && Answered > began ? again with { TargetDown = false } : answer;

    /// <summary>What it is after an attempt's answer.</summary>
    /// <param name="began">When the attempt began: one that set out before the target was known to be down says nothing
    /// new.</param>
    /// <param name="pause">How long nothing is asked after so many failures, unless the answer says it.</param>
    public TargetHealth Observe(Answer answer, TimeSpan began, Moment now, Func<int, TimeSpan> pause)
    {
        if (answer is not Answer.TryAgain { TargetDown: true } again)
            return this with { Answered = now.Uptime, State = IsDown ? TargetState.Up : State };
        if (IsDown && began <= Noted)
            return this;
        var failures = State.Failures + 1;
        var wait = again.After ?? pause(failures);
        return this with
        {
            State = new TargetState(failures, State.DownSince ?? now.At, now.At + wait, again.Reason),
            Noted = now.Uptime,
            Pause = wait,
        };
    }
}

/// <summary>A time, by both clocks.</summary>
/// <param name="At">By the wall clock, which others share, and which may go back.</param>
/// <param name="Uptime">By the machine's own, which only goes on.</param>
public readonly record struct Moment(DateTimeOffset At, TimeSpan Uptime)
{
    /// <summary>By these clocks, now.</summary>
    public static Moment Now(TimeProvider clock) => new(clock.GetUtcNow(), clock.GetElapsedTime(0));
}

/// <summary>How a target is.</summary>
/// <param name="Failures">Failed attempts in a row; 0: up.</param>
/// <param name="DownSince">Since when it does not answer; null: up.</param>
/// <param name="NextTry">When the next probe is made; null: up.</param>
/// <param name="Reason">What the last failed attempt said.</param>
public sealed record TargetState(int Failures, DateTimeOffset? DownSince, DateTimeOffset? NextTry, string? Reason = null)
{
    /// <summary>It answers, as far as is known.</summary>
    public static readonly TargetState Up = new(0, null, null);
}
