using System.Collections.Concurrent;

namespace GroupTicketing.Platform;

/// <summary>Every target for which something was ever pending, with workers of its own, so a dead one holds up nobody. Woken by
/// each write in this process, and by the sweeps of <see cref="Dispatcher"/>.</summary>
public sealed class Targets : IDispatcher
{
    readonly IReadOnlyList<IAdapter> adapters;
    readonly DispatchLane lanes;
    readonly Leadership leadership;
    readonly IStore store;
    readonly TimeProvider clock;
    readonly ConcurrentDictionary<string, Target> targets = new();
    CancellationToken stopping;

    // How each target was when that was last read. Null: not yet, and nothing is woken before; it is pending, and the
    // first sweep brings it.
    IReadOnlyDictionary<string, TargetState>? known;

    /// <summary>Answers the wake signal.</summary>
    public Targets(
        IEnumerable<IAdapter> adapters,
        DispatchLane lanes,
        Leadership leadership,
        IStore store,
        WakeSignal wakeSignal,
        TimeProvider clock
    )
    {
        (this.adapters, this.lanes, this.leadership, this.store, this.clock) = ([.. adapters], lanes, leadership, store, clock);
        wakeSignal.Answer(this);
    }

    /// <summary>Whether each of them is up.</summary>
    public IReadOnlyDictionary<string, TargetState> States => targets.ToDictionary(pair => pair.Key, pair => pair.Value.State);

    /// <summary>What somebody was answered who only reads: kept like a call's answer, once nothing newer is known.</summary>
    /// <param name="began">When that began, as <see cref="Moment.Uptime"/>.</param>
    public async Task Observe(string name, Answer answer, TimeSpan began, CancellationToken ct)
    {
        if (Find(name) is { } target && target.MayObserve(answer) && target.Note(target.Weigh(answer, began), began))
            await target.Keep(ct);
    }

    /// <summary>Nothing more is begun once that is cancelled.</summary>
    public void StopAt(CancellationToken stopping) => this.stopping = stopping;

    void IDispatcher.Wake(PendingLane pending) => (known is null ? null : Find(pending.Target))?.Wake(pending);

    Reservation? IDispatcher.Reserve(string key, string lane, string name) =>
        known is not null && !stopping.IsCancellationRequested && Find(name) is { } target && IsOurs(target) && lanes.Knows(key)
            ? target.Reserve(key, lane)
            : null;

    /// <summary>Brings what is due to the workers; more than they can hold stays in the store for the next time.</summary>
    public async Task Bring(DateTimeOffset horizon, CancellationToken ct)
    {
        if (known is null || store.IsShared)
            await Hear(ct);
        foreach (var name in await store.DueTargets(horizon, ct))
        {
            if (Find(name) is not { Hungry: true } target || !IsOurs(target) || target.Appetite is not (> 0 and var appetite))
                continue;
            foreach (var pending in await store.Due(name, horizon, appetite, ct))
                target.Wake(pending);
        }
    }

    // The process before, or another instance, found a target down, or up again.
    async Task Hear(CancellationToken ct)
    {
        known = (await store.ListSide(Sides.Targets, "", ct)).ToDictionary(
            one => one.Key,
            one => Json.Read<TargetState>(one.Body)
        );
        foreach (var (name, state) in known)
        {
            if (targets.TryGetValue(name, out var target))
                target.Hear(state);
        }
    }

    bool IsOurs(Target target) => !target.Adapter.OnlyOneInstance || leadership.Leads(target.Adapter.Targets);

    Target? Find(string name)
    {
        if (targets.TryGetValue(name, out var found))
            return found;
        var adapter = adapters.FirstOrDefault(one => name.StartsWith(one.Targets, StringComparison.Ordinal));
        return adapter is null ? null : targets.GetOrAdd(name, _ => Remembered(name, adapter));
    }

    Target Remembered(string name, IAdapter adapter)
    {
        var target = new Target(name, adapter, Run, store, clock);
        if (known?.GetValueOrDefault(name) is { } state)
            target.Remember(state);
        return target;
    }

    Task Run(Target target, (string Key, string Lane) lane, Attempt? claimed, Worker worker) =>
        stopping.IsCancellationRequested || !IsOurs(target)
            ? Task.CompletedTask
            : lanes.Run(target, lane, claimed, worker, stopping);
}

/// <summary>Reminders: they are due, and that is all.</summary>
sealed class ClockAdapter : IAdapter
{
    public string Targets => Outbox.Clock;

    public TimeSpan Deadline => TimeSpan.FromSeconds(5);

    public int AtOnce => 2;

    public RetrySchedule Retries => RetrySchedule.Bus;

    public Task<Answer> Call(Attempt attempt, CancellationToken ct) => Task.FromResult<Answer>(new Answer.Done());
}
