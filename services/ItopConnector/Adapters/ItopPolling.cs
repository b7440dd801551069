using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Whether this instance is the one that reads iTop.</summary>
public sealed class ItopPolling(ItopPoll poll, ItopLinks links, Leadership leadership)
{
    bool led;

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
}
