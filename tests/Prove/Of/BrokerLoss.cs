using GroupTicketing.Contracts;

namespace GroupTicketing.Prove.Of;

/// <summary>
/// The broker loses what it confirmed: emptied of everything, or one listener's queue deleted, in turn, under load;
/// every other time a listener is away meanwhile, as in a deployment.
/// Nobody lends a hand.
/// </summary>
static class BrokerLoss
{
    /// <summary>From the return of what was away, and the end of the load, to the last ticket known on all sides.</summary>
    static readonly TimeSpan Closes = TimeSpan.FromSeconds(60);

    static readonly TimeSpan Away = TimeSpan.FromSeconds(4);
    static readonly string[] listeners = ["routing", "itop", "notification", "portal"];
    static readonly string[] queues = [.. Listeners.Table.Select(row => row.Queue).Distinct()];

    public static async Task<Verdict> Run(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup());
        using var people = new Operator(machines);
        var intervenant = Intervenant.Of(machines);
        // The shared broker of the suites is not the run's own to empty.
        string[] faults = run.Engines is null ? ["deleted"] : ["emptied", "deleted"];
        var each = Math.Max(1, run.Tickets / (run.Kills * faults.Length));
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < run.Kills * faults.Length; round++)
        {
            var fault = faults[round % faults.Length];
            var first = 1 + (round * each);
            var took = await Round(run, machines, people, fault, isAway: round / faults.Length % 2 == 1, first, each);
            slowest = took > slowest ? took : slowest;
        }
        run.Bound("each hole closed after", Closes, slowest);
        await intervenant.Ends();
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(5));
    }

    static async Task<TimeSpan> Round(
        ProofRun run,
        Machines machines,
        Operator people,
        string fault,
        bool isAway,
        int first,
        int count
    )
    {
        var queue = queues[run.Chance.Next(queues.Length)];
        // Whose queue it is: what is said to it waits there while it is away.
        var listener =
            fault == "deleted"
                ? Listeners.Table.First(row => row.Queue == queue).Listener
                : listeners[run.Chance.Next(listeners.Length)];
        if (queue == Listeners.ObserverQueue)
            listener = "portal";
        if (isAway)
            await machines.Kill(listener);
        var load = new Load(count) { First = first, AtOnce = 4 }.Send(machines);
        await Task.Delay(run.Chance.Next(500, 2_500));
        if (fault == "emptied")
            await Emptied(run.Engines!, machines);
        else
            await machines.Engines!.Delete(machines.Http, machines.Folder, queue);
        if (isAway)
        {
            await Task.Delay(Away);
            await machines.StartProduct();
        }
        await load;
        var back = DateTime.UtcNow;
        await Doors.Until(
            () => AreKnown(machines, people, first, count),
            $"round with {fault} {queue}: all are known",
            TimeSpan.FromMinutes(4)
        );
        var took = DateTime.UtcNow - back;
        run.Say(
            $"     {fault}{(fault == "deleted" ? $" {queue}" : "")}{(isAway ? $", {listener} away" : "")}: "
                + $"{count} tickets known after {took.TotalSeconds:0} s"
        );
        return took;
    }

    static async Task Emptied(OwnEngines engines, Machines machines)
    {
        await engines.EmptyBus();
        await engines.Engines.MakeVirtualHost(machines.Http, machines.Folder);
    }

    // To the school, which was told the reference, and to our Portal.
    static async Task<bool> AreKnown(Machines machines, Operator people, int first, int count)
    {
        var told = Ledgers
            .School(machines)
            .Where(line => line.GetProperty("type").GetString() == "group.referenced")
            .Select(line => line.GetProperty("ticket").GetString())
            .ToHashSet();
        for (var number = first; number < first + count; number++)
        {
            if (!told.Contains($"{number}") || await people.Reference(TicketIds.OfSchool(SchoolTool.First, $"{number}")) is null)
                return false;
        }
        return true;
    }
}
