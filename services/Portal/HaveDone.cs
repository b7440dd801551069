using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;

namespace GroupTicketing.Portal;

/// <summary>Has done what an operator wants of debts: it is said on the bus, and done in the process in which the room
/// is open.</summary>
static class HaveDone
{
    static readonly Dictionary<string, OperatorAct> acts = new()
    {
        ["retry"] = OperatorAct.Retry,
        ["giveup"] = OperatorAct.GiveUp,
        ["release"] = OperatorAct.Release,
    };

    /// <summary>Of each of them that it fits: only a quarantine is released. Answers of how many.</summary>
    /// <exception cref="BusUnavailableException">Of some, perhaps of none: ask again.</exception>
    public static async Task<int> Of(string act, IAsyncEnumerable<DebtRow> debts, IBus bus, CancellationToken ct)
    {
        var count = 0;
        if (!acts.TryGetValue(act, out var wanted))
            return count;
        await foreach (var debt in debts.WithCancellation(ct))
        {
            if (!Fits(wanted, debt))
                continue;
            await bus.Publish(
                new Operate(debt.Room, debt.Ticket, debt.Lane, wanted) { Since = debt.Since, Count = debt.Count },
                ct
            );
            count++;
        }
        return count;
    }

    public static bool Knows(string act) => acts.ContainsKey(act);

    public static bool Fits(string act, DebtRow debt) => acts.TryGetValue(act, out var wanted) && Fits(wanted, debt);

    static bool Fits(OperatorAct act, DebtRow debt) => act switch
    {
        OperatorAct.Release => debt.Lane == Debts.QuarantineLane,
        OperatorAct.Retry => debt.Lane != Debts.QuarantineLane && debt.Target != Debts.Clock,
        _ => true,
    };
}
