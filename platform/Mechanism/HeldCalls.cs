namespace GroupTicketing.Platform;

/// <summary>Calls that a target may hold (<see cref="Holding"/>): whoever asked is told after the deadline, and the call
/// itself goes on.</summary>
/// <param name="leavesWorker">Whether what a call threw means that only the web server gave up, and not the worker
/// behind it.</param>
public sealed class HeldCalls(Predicate<Exception> leavesWorker, TimeProvider clock)
{
    static readonly TimeSpan longest = TimeSpan.FromMinutes(15);

    // A web server that gives up earlier leaves its worker at it; one that answers an error at once does not.
    static readonly TimeSpan slow = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    Holding holding = Holding.Nothing;

    TimeSpan Now => Moment.Now(clock).Uptime;

    /// <summary>Begins a call and waits for it until the deadline.</summary>
    /// <exception cref="HoldingException">It was not begun.</exception>
    /// <exception cref="TimeoutException">It was not answered in time, and goes on.</exception>
    public async Task<T> Wait<T>(Func<CancellationToken, Task<T>> call, TimeSpan deadline, CancellationToken ct)
    {
        var began = Now;
        lock (gate)
            holding = holding.Begin(began) ?? throw new HoldingException();
        var atMost = new CancellationTokenSource(longest, clock);
        var calling = call(atMost.Token);
        try
        {
            return await calling.WaitAsync(deadline, clock, ct);
        }
        finally
        {
            if (!calling.IsCompleted)
                _ = GoesOn(calling, atMost);
            else
            {
                var end = EndOf(calling);
                Observe(end is CallEnd.Left && Now - began < slow ? CallEnd.Failed : end, isHeld: false);
                atMost.Dispose();
            }
        }
    }

    async Task GoesOn(Task calling, CancellationTokenSource atMost)
    {
        lock (gate)
            holding = holding.GoesOn();
        // What it did is for whoever looks for it there; whether it was answered says if its worker is free.
        await calling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Observe(EndOf(calling) is CallEnd.Left ? CallEnd.Left : CallEnd.Answered, isHeld: true);
        atMost.Dispose();
    }

    void Observe(CallEnd end, bool isHeld)
    {
        lock (gate)
            holding = holding.Observe(end, isHeld, Now);
    }

    CallEnd EndOf(Task calling) =>
        calling.IsCompletedSuccessfully ? CallEnd.Answered
        : calling.IsCanceled || leavesWorker(calling.Exception!.InnerException!) ? CallEnd.Left
        : CallEnd.Failed;
}

/// <summary>The target holds as many calls of ours as may be: nothing was sent.</summary>
public sealed class HoldingException() : Exception("the target holds calls of ours");
