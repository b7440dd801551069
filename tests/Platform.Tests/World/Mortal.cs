using System.Text.Json;

namespace GroupTicketing.Platform.Tests;

/// <summary>What can happen to a process at its writes: it dies, or the store is away.</summary>
sealed class Mortal(FaultyStore store, Action start)
{
    static readonly TimeSpan longest = TimeSpan.FromSeconds(10);

    /// <summary>Arms what happens at its next write.</summary>
    public void Arm(Fault fault)
    {
        if (fault is Fault.AfterWrite)
            store.After = _ => Die();
        else
            store.Before = _ => Meet(fault);
    }

    /// <summary>Does one thing; a crash in it starts the process anew, a store that is away is met once,
    /// and what cannot be read is not changed.</summary>
    /// <returns>Whether it came to its end.</returns>
    public bool Try(Func<Task> thing)
    {
        try
        {
            var done = thing();
            // Who lost a race twice steps aside for a millisecond or two.
            ((IAsyncResult)done).AsyncWaitHandle.WaitOne(longest).ShouldBeTrue("nothing waits long in this world");
            done.GetAwaiter().GetResult();
            return true;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or JsonException)
        {
            return false;
        }
        catch (Crashed)
        {
            start();
            return false;
        }
    }

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
