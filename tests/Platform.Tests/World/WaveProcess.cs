using Microsoft.Extensions.Logging.Abstractions;

namespace GroupTicketing.Platform.Tests;

/// <summary>A process with all rooms and no bus. A crash takes all but the store.</summary>
sealed class WaveProcess
{
    readonly MovableClock clock;
    readonly Mortal life;
    readonly IMessages messages;
    Dictionary<string, IDocuments> rooms = [];

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

    public Documents<Notes> First => (Documents<Notes>)rooms["first"];

    public IDocuments Room(string name) => rooms[name];

    public void Arm(Fault fault) => life.Arm(fault);

    public bool Try(Func<Task> thing) => life.Try(thing);

    /// <summary>Starts anew, with nothing but the store.</summary>
    /// <param name="isOlder">As the release before: each change is of one document, and all that is said is outgoing.</param>
    public void Start(bool isOlder = false)
    {
        Store.Mend();
        Calls.Clear();
        var waves = isOlder ? new Waves() : new Waves(WaveRooms.Subscriptions, () => rooms.Values);
        rooms = WaveRooms
            .All()
            .Select(room => (IDocuments)new Documents<Notes>(room, Store, messages, new WakeSignal(), waves, clock))
            .ToDictionary(room => room.Name);
    }

    /// <summary>What is outgoing of a stream goes.</summary>
    public Task Call(Owed owed)
    {
        var bus = new InProcessBus(WaveRooms.Subscriptions, rooms.Values, messages, NullLogger<InProcessBus>.Instance);
        return new BusDispatcher(bus, messages, clock).Call(rooms[owed.Room], owed.Ticket, owed.Lane, CancellationToken.None);
    }
}
