using GroupTicketing.Platform;

namespace GroupTicketing.Console;

/// <summary>Has done what an operator wants of debts: it is said on the bus, and done in the process in which the room is open.</summary>
static class HaveDone
{
    static readonly Dictionary<string, OperatorAct> acts = new() { ["retry"] = OperatorAct.Retry, ["giveup"] = OperatorAct.GiveUp, ["release"] = OperatorAct.Release };

    /// <summary>Of each of them that it fits: only a quarantine is released. Answers of how many.</summary>
    /// <exception cref="BusUnavailableException">Of some, perhaps of none: ask again.</exception>
    public static async Task<int> Of(string act, IReadOnlyList<DebtRow> debts, IBus bus, CancellationToken ct)
    {
        if (!acts.TryGetValue(act, out var wanted))
            return 0;
        var fitting = debts.Where(debt => Fits(wanted, debt)).ToList();
        foreach (var debt in fitting)
            await bus.Publish(new Operate(debt.Room, debt.Ticket, debt.Lane, wanted), ct);
        return fitting.Count;
    }

    public static bool Fits(string act, DebtRow debt) => acts.TryGetValue(act, out var wanted) && Fits(wanted, debt);

    static bool Fits(OperatorAct act, DebtRow debt) => act switch
    {
        OperatorAct.Release => debt.Lane == Debts.QuarantineLane,
        OperatorAct.Retry => debt.Lane != Debts.QuarantineLane && debt.Target != Debts.Clock,
        _ => true,
    };
}
