using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>What changed, whose it is, and whether this instance is the one that looks.</summary>
public sealed record ItopPolling(ItopPoll Poll, ItopLinks Links, Leadership Leadership)
{
    bool led;

    /// <summary>Whether to look now. Whoever takes over goes on from where the store says the other stopped.</summary>
    public bool IsOurs()
    {
        var leads = Leadership.Leads(ItopAdapter.Target);
        if (leads && !led)
        {
            Poll.Forget();
            Links.Forget();
        }
        return led = leads;
    }
}
