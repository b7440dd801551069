using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Whether this instance is the one that reads iTop, and what reading it says of iTop.</summary>
public sealed class ItopPolling(ItopPoll poll, ItopLinks links, Leadership leadership, Targets targets)
{
    bool led;
    bool foundDown;

    /// <summary>Whether it is now.</summary>
    public bool Leads => leadership.Leads(ItopCall.Target);

    /// <summary>Whether to look now. Whoever takes over forgets what it knew, and goes on from where the store says the
    /// other stopped.</summary>
    public bool TakesTurn()
    {
        var leads = Leads;
        if (leads && !led)
        {
            poll.Forget();
            links.Forget();
        }
        return led = leads;
    }

    /// <summary>A reading failed: while nothing is to be written, nobody else would notice that iTop is away.</summary>
    /// <param name="began">As <see cref="Moment.Uptime"/>.</param>
    public async Task Failed(ItopException exception, TimeSpan began, CancellationToken ct)
    {
        foundDown |= exception.Answer is Answer.TryAgain { TargetDown: true };
        if (foundDown)
            await targets.Observe(ItopCall.Target, exception.Answer, began, ct);
    }

    /// <summary>A reading was answered. That speaks only against what a reading said: a tool that answers reads may hold
    /// writes.</summary>
    /// <param name="began">As <see cref="Moment.Uptime"/>.</param>
    public async Task Answered(TimeSpan began, CancellationToken ct)
    {
        if (foundDown)
            await targets.Observe(ItopCall.Target, new Answer.Done(), began, ct);
        foundDown = false;
    }
}
