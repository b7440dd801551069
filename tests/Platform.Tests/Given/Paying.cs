using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Platform.Tests;

/// <summary>What pays one room's documents, built as a process builds it.</summary>
sealed class Paying : IDisposable
{
    readonly Targets targets;
    readonly Payer payer;

    public Paying(
        IDocuments documents,
        IStore store,
        Doorbell doorbell,
        TimeProvider clock,
        IBus bus,
        Leadership leadership,
        params IEnumerable<IAdapter> adapters
    )
    {
        var paid = new BusPayer(bus, new Words(), clock);
        var lanes = new PayLane([documents], paid, clock, NullLogger<PayLane>.Instance);
        targets = new Targets([.. adapters, paid, new ClockAdapter()], lanes, leadership, store, doorbell, clock);
        payer = new Payer(targets, [documents], store, clock, NullLogger<Payer>.Instance);
    }

    public Paying(Desk desk, IBus bus, Leadership leadership, params IEnumerable<IAdapter> adapters)
        : this(desk.Documents, desk.Store, desk.Doorbell, desk.Clock, bus, leadership, adapters)
    {
    }

    public IReadOnlyDictionary<string, TargetState> Targets => targets.States;

    public Task Sweep(CancellationToken ct = default) => payer.Sweep(ct);

    public void Dispose() => payer.Dispose();
}
