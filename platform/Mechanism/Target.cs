namespace GroupTicketing.Platform;

/// <summary>
/// Whom debts need, and whether it is up: stored once, not per debt. While it is down one debt at a time probes it; when it answers, all it is owed is due.
/// </summary>
sealed class Target(string name, IAdapter adapter, Func<Owed, Task> pay, IStore store, TimeProvider clock)
{
    // More than this is left to the sweep: what waits in memory must stay small however much is owed.
    const int MostQueued = 2_000;

    readonly Lock gate = new();
    readonly Queue<Owed> queue = [];
    readonly HashSet<(string Key, string Lane)> present = [];
    readonly HashSet<(string Key, string Lane)> lookAgain = [];
    int workers;
    (string Key, string Lane)? probe;

    // As this process last wrote or heard it: anything else in the store is another's.
    TargetState? stored;

    // Counted in time that only goes on: a wall clock that went back must not keep a dead target unprobed.
    long noted;
    TimeSpan pause;
    long answered;

    public string Name => name;

    public IAdapter Adapter => adapter;

    public TargetState State { get; private set; } = TargetState.Up;

    /// <summary>Whether nothing is queued: then the sweep looks whether more is owed.</summary>
    public bool Hungry
    {
        get
        {
            lock (gate)
                return queue.Count < MostQueued / 4;
        }
    }

    /// <summary>How many debts the sweep may bring: one for a probe of a target that is down, none before its next try.</summary>
    public int Appetite
    {
        get
        {
            lock (gate)
                return !IsDown ? MostQueued / 2 : probe is null && clock.GetElapsedTime(noted) >= pause ? 1 : 0;
        }
    }

    bool IsDown => State.NextTry is not null;

    /// <summary>What is stored of it, whoever wrote it.</summary>
    public void Hear(TargetState state)
    {
        lock (gate)
        {
            if (state != stored)
                Remember(state);
        }
    }

    /// <summary>Goes on from what another process knew of it.</summary>
    public void Remember(TargetState state)
    {
        State = stored = state;
        noted = clock.GetTimestamp();
        var left = (state.NextTry ?? default) - clock.GetUtcNow();
        pause = left < adapter.Retries.Pauses[^1] ? left : adapter.Retries.Pauses[^1];
    }

    /// <summary>Queues a lane once; one that is being paid is looked at again afterwards.</summary>
    public void Wake(Owed owed)
    {
        lock (gate)
        {
            if (Appetite == 0)
                return;
            if (!present.Add((owed.Key, owed.Lane)))
            {
                lookAgain.Add((owed.Key, owed.Lane));
                return;
            }
            if (queue.Count >= MostQueued)
            {
                present.Remove((owed.Key, owed.Lane));
                return;
            }
            queue.Enqueue(owed);
            if (IsDown)
                probe = (owed.Key, owed.Lane);
            if (workers < adapter.AtOnce)
            {
                workers++;
                // Without the caller's context: a worker lives longer than the request that woke it, and must not pay others' debts under its trace.
                ThreadPool.UnsafeQueueUserWorkItem(target => _ = target.Work(), this, preferLocal: false);
            }
        }
    }

    /// <summary>An attempt that found the target down while others were answered is that ticket's own failure.</summary>
    /// <param name="began">The clock's timestamp when it began.</param>
    public Answer Weigh(Answer answer, long began) =>
        answer is Answer.TryAgain { TargetDown: true } again && answered > began ? again with { TargetDown = false } : answer;

    /// <summary>The target answered, or did not.</summary>
    /// <param name="began">The clock's timestamp when that attempt began: one that set out before the target was known to be down says nothing new.</param>
    public async Task Note(Answer answer, long began, CancellationToken ct)
    {
        lock (gate)
        {
            if (answer is Answer.TryAgain { TargetDown: true } again)
            {
                if (IsDown && began <= noted)
                    return;
                GoDown(again);
            }
            else
            {
                answered = clock.GetTimestamp();
                if (!IsDown)
                    return;
                State = TargetState.Up;
            }
        }
        var state = State;
        await store.PutSide(Sides.Targets, name, Json.Write(state), null, ct);
        stored = state;
    }

    void GoDown(Answer.TryAgain again)
    {
        var failures = State.Failures + 1;
        var now = clock.GetUtcNow();
        noted = clock.GetTimestamp();
        pause = again.After ?? adapter.Retries.After(failures, Random.Shared.NextDouble());
        State = new TargetState(failures, State.DownSince ?? now, now + pause, again.Reason);
        // Whatever is queued would fare alike: it is still owed, and the sweep brings it again, one as a probe, all once the target is back.
        present.ExceptWith(queue.Select(owed => (owed.Key, owed.Lane)));
        queue.Clear();
        lookAgain.Clear();
    }

    async Task Work()
    {
        while (Next() is { } owed)
        {
            try
            {
                await pay(owed);
            }
            finally
            {
                Paid(owed);
            }
        }
    }

    Owed? Next()
    {
        lock (gate)
        {
            if (queue.TryDequeue(out var owed))
                return owed;
            workers--;
            return null;
        }
    }

    void Paid(Owed owed)
    {
        lock (gate)
        {
            if (probe == (owed.Key, owed.Lane))
                probe = null;
            present.Remove((owed.Key, owed.Lane));
            if (lookAgain.Remove((owed.Key, owed.Lane)) && present.Add((owed.Key, owed.Lane)))
                queue.Enqueue(owed);
        }
    }
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
