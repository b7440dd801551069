using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Platform.Tests;

/// <summary>A process with all services and no bus. A crash takes all but the store.</summary>
sealed class WaveProcess
{
    readonly MovableClock clock;
    readonly Mortal life;
    readonly IMessages messages;
    Dictionary<string, IDocuments> byService = [];

    public WaveProcess(IStore shared, MovableClock clock, WaveFlaw flaw)
    {
        this.clock = clock;
        messages = flaw is WaveFlaw.ForgetNumbers ? new Unnumbered() : new Words();
        Store = new FaultyStore(new FlawedStore(shared, flaw));
        life = new Mortal(Store, () => Start());
        Start();
    }

    public FaultyStore Store { get; }

    /// <summary>The calls it is making.</summary>
    public List<Attempt> Calls { get; } = [];

    public Documents<Notes> First => (Documents<Notes>)byService["first"];

    public IDocuments Documents(string name) => byService[name];

    public void Arm(Fault fault) => life.Arm(fault);

    public bool Try(Func<Task> thing) => life.Try(thing);

    /// <summary>Starts anew, with nothing but the store.</summary>
    /// <param name="isOlder">As the release before: each change is of one document, and all that is said is outgoing.</param>
    public void Start(bool isOlder = false)
    {
        Store.Mend();
        Calls.Clear();
        var waves = isOlder ? new Waves() : new Waves(WaveDeciders.Subscriptions, () => byService.Values);
        byService = WaveDeciders
            .All()
            .Select(decider => (IDocuments)new Documents<Notes>(decider, Store, messages, new WakeSignal(), waves, clock))
            .ToDictionary(documents => documents.Name);
    }

    /// <summary>What is outgoing of a stream goes.</summary>
    public Task Call(PendingLane pending)
    {
        var bus = new InProcessBus(WaveDeciders.Subscriptions, byService.Values, messages, NullLogger<InProcessBus>.Instance);
        return new BusDispatcher(bus, messages, clock).Call(
            byService[pending.Service],
            pending.Ticket,
            pending.Lane,
            CancellationToken.None
        );
    }
}
