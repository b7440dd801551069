using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// Writes that iTop holds while it answers reads (its database locks a table, as for a dump): each takes one of its web
/// server's workers until it is done, whether its caller waits or not. So whoever asked
/// is told after the deadline, the request itself goes on, and while one is held no more than two are there.
/// </summary>
public sealed class HeldWrites(TimeProvider clock)
{
    /// <summary>How many of iTop's workers are held at most.</summary>
    public const int Most = 2;

    static readonly TimeSpan longest = TimeSpan.FromMinutes(15);

    // A web server that gives up earlier leaves its worker at it; one that answers an error at once does not.
    static readonly TimeSpan slow = TimeSpan.FromSeconds(10);

    static readonly TimeSpan[] pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10),
    ];

    readonly Lock gate = new();
    readonly List<DateTimeOffset> lingering = [];
    int underWay;
    int held;
    int pause;

    /// <summary>Begins a write and waits for it until the deadline; held, it goes on without whoever asked.</summary>
    /// <exception cref="ItopException">It was not begun, or not answered in time.</exception>
    public async Task<T> Wait<T>(Func<CancellationToken, Task<T>> write, TimeSpan deadline, CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        Begin(began);
        var atMost = new CancellationTokenSource(longest, clock);
        var writing = write(atMost.Token);
        try
        {
            var answer = await writing.WaitAsync(deadline, clock, ct);
            lock (gate)
                Flows();
            return answer;
        }
        catch (TimeoutException)
        {
            throw ItopClient.Late(deadline);
        }
        catch (ItopException exception) when (LeavesWorker(exception) && clock.GetUtcNow() - began >= slow)
        {
            lock (gate)
                Linger();
            throw;
        }
        finally
        {
            End(writing, atMost);
        }
    }

    void Begin(DateTimeOffset now)
    {
        lock (gate)
        {
            lingering.RemoveAll(until => until <= now);
            var there = held + lingering.Count;
            if (there > 0 && there + underWay >= Most)
                throw new ItopException(ItopFault.Holding, ItopAnswers.Of(ItopFault.Holding));
            underWay++;
        }
    }

    void End<T>(Task<T> writing, CancellationTokenSource atMost)
    {
        lock (gate)
        {
            underWay--;
            held += writing.IsCompleted ? 0 : 1;
        }
        if (writing.IsCompleted)
            atMost.Dispose();
        else
            _ = Released(writing, atMost);
    }

    async Task Released<T>(Task<T> writing, CancellationTokenSource atMost)
    {
        // What it did is for whoever looks for it in iTop; whether iTop answered says if its worker is free.
        await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
        {
            held--;
            if (writing.IsCanceled || LeavesWorker(writing.Exception?.InnerException))
                Linger();
            else
                Flows();
        }
        atMost.Dispose();
    }

    // The web server gave up, not the worker behind it.
    static bool LeavesWorker(Exception? fault) =>
        fault is OperationCanceledException or ItopException { Fault: ItopFault.Broken or ItopFault.Failed };

    void Linger()
    {
        lingering.Add(clock.GetUtcNow() + pauses[Math.Min(pause, pauses.Length - 1)]);
        pause++;
    }

    void Flows()
    {
        lingering.Clear();
        pause = 0;
    }
}
