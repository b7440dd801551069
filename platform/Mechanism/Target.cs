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
    readonly HashSet<(string Key, string Lane)> again = [];
    int workers;
    bool probing;

    public string Name => name;

    public IAdapter Adapter => adapter;

    public TargetState State { get; set; } = new(0, null, null);

    /// <summary>Whether nothing is queued: then the sweep looks whether more is owed.</summary>
    public bool Hungry
    {
        get
        {
            lock (gate)
                return queue.Count < MostQueued / 4;
        }
    }

    /// <summary>How many debts the sweep may bring: one while the target is being probed, none before its next try.</summary>
    public int Appetite(DateTimeOffset now) => State.NextTry is not { } next ? MostQueued / 2 : next <= now && !probing ? 1 : 0;

    /// <summary>Queues a lane once; one that is being paid is looked at again afterwards.</summary>
    public void Wake(Owed owed)
    {
        lock (gate)
        {
            if (Appetite(clock.GetUtcNow()) == 0)
                return;
            if (!present.Add((owed.Key, owed.Lane)))
            {
                again.Add((owed.Key, owed.Lane));
                return;
            }
            if (queue.Count >= MostQueued)
            {
                present.Remove((owed.Key, owed.Lane));
                return;
            }
            queue.Enqueue(owed);
            if (State.NextTry is not null)
                probing = true;
            if (workers < adapter.AtOnce)
            {
                workers++;
                _ = Task.Run(Work);
            }
        }
    }

    /// <summary>The target answered, or did not.</summary>
    public async Task Note(Answer answer, CancellationToken ct)
    {
        var down = answer is Answer.TryAgain { TargetDown: true };
        lock (gate)
            probing = false;
        if (!down && State.Failures == 0)
            return;
        var now = clock.GetUtcNow();
        if (down)
        {
            var failures = State.Failures + 1;
            var after = ((Answer.TryAgain)answer).After ?? adapter.Retries.After(failures, Random.Shared.NextDouble());
            State = new TargetState(failures, State.DownSince ?? now, now + after, ((Answer.TryAgain)answer).Reason);
        }
        else
            State = new TargetState(0, null, null);
        await store.PutSide(Sides.Targets, name, Json.Write(State), null, ct);
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
            probing = false;
            present.Remove((owed.Key, owed.Lane));
            if (again.Remove((owed.Key, owed.Lane)) && present.Add((owed.Key, owed.Lane)))
                queue.Enqueue(owed);
        }
    }
}

/// <summary>How a target is.</summary>
/// <param name="Failures">Failed attempts in a row; 0: up.</param>
/// <param name="DownSince">Since when it does not answer; null: up.</param>
/// <param name="NextTry">When the next probe is made; null: up.</param>
/// <param name="Reason">What the last failed attempt said.</param>
public sealed record TargetState(int Failures, DateTimeOffset? DownSince, DateTimeOffset? NextTry, string? Reason = null);
