using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;

namespace GroupTicketing.Portal;

/// <summary>Has done what an operator wants of pending calls: it is said on the bus, and done in the process in which the service
/// is open.</summary>
static class HaveDone
{
    static readonly Dictionary<string, OperatorAct> acts = new()
    {
        ["retry"] = OperatorAct.Retry,
        ["skip"] = OperatorAct.Skip,
        ["release"] = OperatorAct.Release,
    };

    /// <summary>Of each of them that it fits: only a quarantine is released. Answers of how many.</summary>
    /// <exception cref="BusUnavailableException">Of some, perhaps of none: ask again.</exception>
    public static async Task<int> Ask(string act, IAsyncEnumerable<PendingRow> rows, IBus bus, CancellationToken ct)
    {
        var count = 0;
        if (!acts.TryGetValue(act, out var wanted))
            return count;
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (!Fits(wanted, row))
                continue;
            await bus.Publish(
                new Operate(row.Service, row.Ticket, row.Lane, wanted) { Since = row.Since, Count = row.Count },
                ct
            );
            count++;
        }
        return count;
    }

    public static bool Knows(string act) => acts.ContainsKey(act);

    public static bool Fits(string act, PendingRow row) => acts.TryGetValue(act, out var wanted) && Fits(wanted, row);

    static bool Fits(OperatorAct act, PendingRow row) => act switch
    {
        OperatorAct.Release => row.Lane == Outbox.QuarantineLane,
        OperatorAct.Retry => row.Lane != Outbox.QuarantineLane && row.Target != Outbox.Clock,
        _ => true,
    };
}
