namespace GroupTicketing.Platform;

/// <summary>Runs the lanes that need one target: queues them, and keeps as many workers as may call it at once. When a
/// target that was down answers, all that is pending for it is due.</summary>
sealed class Target(
    string name,
    IAdapter adapter,
    Func<Target, (string Key, string Lane), Attempt?, Worker, Task> call,
    IStore store,
    TimeProvider clock
)
{
    // More than this is left to the sweep: what waits in memory must stay small however much is pending.
    const int MostQueued = 2_000;

    // An attempt saved ahead is not held longer: "not found" counts from when it was saved.
    static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly SemaphoreSlim turns = new(adapter.AtOnce);
    readonly Queue<(string Key, string Lane)> queue = [];
    readonly HashSet<(string Key, string Lane)> present = [];
    readonly HashSet<(string Key, string Lane)> lookAgain = [];
    int workers;
    (string Key, string Lane)? probe;

    // As this process last wrote or heard it: anything else in the store is another's.
    TargetState? stored;
    TargetHealth health = TargetHealth.Unknown;

    public string Name => name;

    public IAdapter Adapter => adapter;

    public TargetState State => health.State;

    /// <summary>Whether nothing is queued: then the sweep looks whether more is pending.</summary>
    public bool Hungry
    {
        get
        {
            lock (gate)
                return queue.Count < MostQueued / 4;
        }
    }

    /// <summary>How many calls the sweep may bring: one for a probe of a target that is down, none before its next try.</summary>
    public int Appetite
    {
        get
        {
            lock (gate)
                return !health.IsDown ? MostQueued / 2 : probe is null && health.MayBeAsked(Moment.Now(clock)) ? 1 : 0;
        }
    }

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
        stored = state;
        health = health.Heard(state, Moment.Now(clock), adapter.Retries.Pauses[^1]);
    }

    /// <summary>Queues a lane once; one that is being done is looked at again afterwards.</summary>
    public void Wake(PendingLane pending)
    {
        var lane = (pending.Key, pending.Lane);
        lock (gate)
        {
            if (Appetite == 0)
                return;
            if (!present.Add(lane))
            {
                lookAgain.Add(lane);
                return;
            }
            if (queue.Count >= MostQueued)
            {
                present.Remove(lane);
                return;
            }
            Enqueue(lane);
            Employ();
        }
    }

    /// <summary>Keeps a worker for a lane that is about to be claimed; null where none is free, or the target is down.</summary>
    public Reservation? Reserve(string key, string lane)
    {
        lock (gate)
        {
            if (health.IsDown || queue.Count > 0 || workers >= adapter.AtOnce || !present.Add((key, lane)))
                return null;
            workers++;
            return new Reservation(this, (key, lane));
        }
    }

    /// <summary>Waits until fewer calls are on their way than may be. False: that took too long, or the target went
    /// down meanwhile; the attempt is not made.</summary>
    public async Task<bool> Turn(Attempt attempt)
    {
        if (!await turns.WaitAsync(MostAhead))
            return false;
        lock (gate)
        {
            if (!health.IsDown || probe == (attempt.Key, attempt.Lane))
                return true;
        }
        turns.Release();
        return false;
    }

    /// <summary>The call is over.</summary>
    public void Over() => turns.Release();

    /// <summary>The worker that was kept makes that attempt, or goes on with what came meanwhile.</summary>
    public void Take((string Key, string Lane) lane, Attempt? claimed)
    {
        if (claimed is null)
            Finished(lane);
        Start(claimed);
    }

    // Without the caller's context: a worker lives longer than the request that woke it, and must not make others' calls
    // under its trace.
    void Start(Attempt? claimed) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            work => _ = work.Target.Work(work.Claimed),
            (Target: this, Claimed: claimed),
            preferLocal: false
        );

    /// <summary>What an attempt's answer says of the target (<see cref="TargetHealth.Weigh"/>).</summary>
    /// <param name="began">In the time the process has been up, as <see cref="Moment.Uptime"/>.</param>
    public Answer Weigh(Answer answer, TimeSpan began) => health.Weigh(answer, began);

    /// <summary>Whether it is time to note what a reader was answered: while the target is down, as seldom as it is
    /// probed.</summary>
    public bool MayObserve(Answer answer)
    {
        lock (gate)
            return answer is Answer.Done || health.MayBeAsked(Moment.Now(clock));
    }

    /// <summary>The target answered, or did not.</summary>
    /// <param name="began">As in <see cref="Weigh"/>.</param>
    /// <returns>Whether that is news, to be kept.</returns>
    public bool Note(Answer answer, TimeSpan began)
    {
        lock (gate)
        {
            var before = health;
            health = before.Observe(answer, began, Moment.Now(clock), failures =>
                adapter.Retries.After(failures, Random.Shared.NextDouble())
            );
            if (health.State == before.State)
                return false;
            if (health.IsDown)
                Drop();
            return true;
        }
    }

    /// <summary>Keeps what was noted, for other processes and the next one.</summary>
    public async Task Keep(CancellationToken ct)
    {
        var state = State;
        await store.PutSide(Sides.Targets, name, Json.Write(state), null, ct);
        stored = state;
    }

    // Whatever is queued would fare alike: it is still pending, and the sweep brings it again, one as a probe, all once
    // the target is back.
    void Drop()
    {
        present.ExceptWith(queue);
        queue.Clear();
        lookAgain.Clear();
    }

    async Task Work(Attempt? claimed)
    {
        var worker = new Worker(this);
        for (
            var lane = claimed is null ? Next() : (claimed.Key, claimed.Lane);
            lane is { } one;
            lane = worker.HasLeft ? null : Next()
        )
        {
            try
            {
                await call(this, one, claimed, worker);
            }
            finally
            {
                Finished(one);
            }
            claimed = null;
        }
    }

    /// <summary>A worker less, and another for what waits.</summary>
    public void Leave()
    {
        lock (gate)
        {
            workers--;
            Employ();
        }
    }

    void Employ()
    {
        if (queue.Count == 0 || workers >= adapter.AtOnce + adapter.Ahead)
            return;
        workers++;
        Start(null);
    }

    (string Key, string Lane)? Next()
    {
        lock (gate)
        {
            if (queue.TryDequeue(out var lane))
                return lane;
            workers--;
            return null;
        }
    }

    void Finished((string Key, string Lane) lane)
    {
        lock (gate)
        {
            if (probe == lane)
                probe = null;
            present.Remove(lane);
            // Of a target that is down it is the probe, or the sweep brings it again: never one that gets no turn.
            if (lookAgain.Remove(lane) && Appetite > 0 && present.Add(lane))
                Enqueue(lane);
            Employ();
        }
    }

    void Enqueue((string Key, string Lane) lane)
    {
        queue.Enqueue(lane);
        if (health.IsDown)
            probe = lane;
    }
}

/// <summary>Makes one call after another, at most <see cref="IAdapter.AtOnce"/> of them at a time.</summary>
sealed class Worker(Target target)
{
    /// <summary>Whether it has left.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Its call is over and only its answer is still to be written: another may begin the next call meanwhile.</summary>
    public void Leave()
    {
        HasLeft = true;
        target.Leave();
    }
}

/// <summary>A worker kept for a lane from before the write that claims it until that write is on disk. It must be begun
/// or left, or the worker is lost.</summary>
public sealed class Reservation
{
    readonly Target target;
    readonly (string Key, string Lane) lane;
    Attempt? claimed;

    internal Reservation(Target target, (string Key, string Lane) lane) => (this.target, this.lane) = (target, lane);

    /// <summary>How long the attempt may take.</summary>
    public TimeSpan Deadline => target.Adapter.Deadline;

    /// <summary>What the write claims.</summary>
    public void Claim(Attempt? attempt) => claimed = attempt;

    /// <summary>The claim is on disk.</summary>
    public void Begin() => target.Take(lane, claimed);

    /// <summary>The claim was not written.</summary>
    public void Leave() => target.Take(lane, null);
}
