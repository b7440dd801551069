using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Platform.Tests;

/// <summary>What dispatches for one service's documents, built as a process builds it.</summary>
sealed class Dispatching : IDisposable
{
    readonly Targets targets;
    readonly Dispatcher dispatcher;

    public Dispatching(
        IDocuments documents,
        IStore store,
        WakeSignal wakeSignal,
        TimeProvider clock,
        IBus bus,
        Leadership leadership,
        params IEnumerable<IAdapter> adapters
    )
    {
        var confirmed = new BusDispatcher(bus, new Words(), clock);
        var lanes = new DispatchLane([documents], confirmed, clock, NullLogger<DispatchLane>.Instance);
        targets = new Targets([.. adapters, confirmed, new ClockAdapter()], lanes, leadership, store, wakeSignal, clock);
        dispatcher = new Dispatcher(targets, [documents], store, clock, NullLogger<Dispatcher>.Instance);
    }

    public Dispatching(Desk desk, IBus bus, Leadership leadership, params IEnumerable<IAdapter> adapters)
        : this(desk.Documents, desk.Store, desk.WakeSignal, desk.Clock, bus, leadership, adapters)
    {
    }

    public IReadOnlyDictionary<string, TargetState> Targets => targets.States;

    public Task Sweep(CancellationToken ct = default) => dispatcher.Sweep(ct);

    public void Dispose() => dispatcher.Dispose();
}
