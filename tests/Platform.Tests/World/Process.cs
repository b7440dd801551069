namespace GroupTicketing.Platform.Tests;

/// <summary>One of two processes over the same store: its deciders, and the calls it is making. A crash takes all of
/// it.</summary>
sealed class Process(IStore shared, MovableClock clock, IBus bus, Flaw flaw)
{
    readonly FaultyStore store = new(shared);
    Dictionary<string, IDocuments> byService = [];

    public List<Flight> Flights { get; } = [];

    public BusDispatcher BusDispatcher { get; } = new(bus, new Words(), clock);

    public Documents<Notes> Speaker => (Documents<Notes>)byService["speaker"];

    public Documents<Notes> Listener => (Documents<Notes>)byService["listener"];

    public IDocuments Documents(string name) => byService[name];

    /// <summary>Starts anew, with nothing but the store.</summary>
    public Process Start()
    {
        store.Mend();
        Flights.Clear();
        IDocuments[] both = [Open(SmallDeciders.Speaker), Open(SmallDeciders.Listener(flaw))];
        byService = both.ToDictionary(documents => documents.Name);
        return this;
    }

    /// <summary>Arms what happens at this process's next write.</summary>
    public void Arm(Fault fault) => Life.Arm(fault);

    /// <summary>Does one thing; a crash in it starts the process anew, a store that is away is met once.</summary>
    /// <returns>Whether it came to its end.</returns>
    public bool Try(Func<Task> thing) => Life.Try(thing);

    Mortal Life => field ??= new(store, () => Start());

    IDocuments Open(Notebook decider) => new Documents<Notes>(decider, store, new Words(), new WakeSignal(), new Waves(), clock);
}
