namespace GroupTicketing.Platform.Tests;

/// <summary>One of two processes over the same store: its rooms, and the calls it is making. A crash takes all of it.</summary>
sealed class Process(IStore shared, MovableClock clock, IBus bus, Flaw flaw)
{
    readonly FaultyStore store = new(shared);
    Dictionary<string, IDocuments> rooms = [];

    public List<Flight> Flights { get; } = [];

    public BusDispatcher BusDispatcher { get; } = new(bus, new Words(), clock);

    public Documents<Notes> Speaker => (Documents<Notes>)rooms["speaker"];

    public Documents<Notes> Listener => (Documents<Notes>)rooms["listener"];

    public IDocuments Room(string name) => rooms[name];

    /// <summary>Starts anew, with nothing but the store.</summary>
    public Process Start()
    {
        store.Mend();
        Flights.Clear();
        IDocuments[] both = [Open(SmallDeciders.Speaker), Open(SmallDeciders.Listener(flaw))];
        rooms = both.ToDictionary(room => room.Name);
        return this;
    }

    /// <summary>Arms what happens at this process's next write.</summary>
    public void Arm(Fault fault)
    {
        if (fault is Fault.AfterWrite)
            store.After = _ => Die();
        else
            store.Before = _ => Meet(fault);
    }

    /// <summary>Does one thing; a crash in it starts the process anew, a store that is away is met once.</summary>
    /// <returns>Whether it came to its end.</returns>
    public bool Try(Func<Task> thing)
    {
        try
        {
            var done = thing();
            done.IsCompleted.ShouldBeTrue("nothing waits in this world");
            done.GetAwaiter().GetResult();
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
        catch (Crashed)
        {
            Start();
            return false;
        }
    }

    IDocuments Open(Notebook room) => new Documents<Notes>(room, store, new Words(), new WakeSignal(), new Waves(), clock);

    void Meet(Fault fault)
    {
        if (fault is Fault.BeforeWrite)
            Die();
        store.Mend();
        throw new StoreUnavailableException("away for a moment");
    }

    // Dead is dead: nothing it still does reaches the store.
    void Die()
    {
        store.Before = _ => throw new Crashed();
        throw new Crashed();
    }

    sealed class Crashed : Exception;
}

/// <summary>What a process meets at a write.</summary>
enum Fault
{
    /// <summary>It dies before it: nothing of it is written.</summary>
    BeforeWrite,

    /// <summary>It dies after it: written, and nobody was told.</summary>
    AfterWrite,

    /// <summary>The store is away for this one write.</summary>
    StoreAway,
}
