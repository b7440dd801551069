using System.Text.Json.Nodes;

namespace GroupTicketing.Prove.Of;

/// <summary>
/// iTop holds every creation while it answers reads, as under a lock of its database: ours gives up, looks, finds
/// nothing and sends one more; then iTop does both. Of each pair one is kept, and the
/// conversation goes on. Where the module has made its index the database refuses the second, and there is no pair.
/// Every other time the second one's answer still comes in time, so that the school is told it.
/// </summary>
static class HeldCreates
{
    static readonly TimeSpan hold = TimeSpan.FromSeconds(160);
    static readonly TimeSpan secondWithin = TimeSpan.FromMinutes(3);
    static readonly TimeSpan readsWithin = TimeSpan.FromSeconds(5);

    public static async Task<Verdict> Run(ProofRun run)
    {
        var all = await Task.WhenAll(
            With(run, "without the module"),
            With(run, "with the module", module: true),
            With(run, "with the module and its index", module: true, isIndexed: true)
        );
        return all[0] + all[1] + all[2];
    }

    static async Task<Verdict> With(ProofRun run, string which, bool module = false, bool isIndexed = false)
    {
        await using var machines = await Machines.Start(run.Setup() with { WithProduct = false });
        (
            await machines.Http.PostAsync(new Uri(machines.Itop, $"sim/module/{module}?isIndexed={isIndexed}"), null)
        ).EnsureSuccessStatusCode();
        await machines.StartProduct();
        using var reads = new ReadsMeanwhile(machines);
        var burst = Math.Max(1, run.Tickets / run.Kills);
        for (var round = 0; round < run.Kills; round++)
            await Round(run, machines, round, burst);
        var tickets = run.Kills * burst;
        // What was held may have been done only now: a poll brings it.
        await Task.Delay(TimeSpan.FromSeconds(10));
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(5));
        for (var number = 1; number <= tickets; number++)
            await machines.Says(
                $"{number}",
                "ticket.commented",
                new()
                {
                    ["id"] = "c2",
                    ["text"] = "Commentaire 2",
                    ["by"] = "support",
                }
            );
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(10));

        var most = await Held(machines, "most");
        run.Bound($"workers of iTop held, {which}", "2 at most", $"{most}", most <= 2);
        run.Bound($"slowest read of somebody else meanwhile, {which}", readsWithin, await reads.Slowest());
        var twins = await Twinned.Of(machines, tickets, module, run.Say);
        if (isIndexed)
            run.Bound($"pairs that arose, {which}", "0", $"{twins.Pairs}", twins.Pairs == 0);
        else
            run.Bound($"pairs that arose, {which}", $"{run.Kills} at least", $"{twins.Pairs}", twins.Pairs >= run.Kills);
        var isFew = run.Kills == 1 || isIndexed;
        run.Bound(
            $"pairs of which the school was told the second, {which}",
            isFew ? "any" : "more than 0",
            $"{twins.SecondKept}",
            isFew || twins.SecondKept > 0
        );
        run.Say($"{which}: {twins.Verdict}");
        return twins.Verdict;
    }

    // Alone at first: of two tickets that wait, each would have its first creation held, and none a second.
    static async Task Round(ProofRun run, Machines machines, int round, int burst)
    {
        var (first, began) = (1 + (round * burst), DateTime.UtcNow);
        await machines.Faults(machines.Itop, new { holdCreates = true });
        await new Load(1) { First = first, Comments = 1, Pause = TimeSpan.Zero }.Send(machines);
        await Doors.Until(async () => await Held(machines, "now") == 2, "a second creation is on its way", secondWithin);
        await new Load(burst - 1) { First = first + 1, Comments = 1, Pause = TimeSpan.Zero }.Send(machines);
        if (round % 2 == 0 && !run.Small && hold - (DateTime.UtcNow - began) is { Ticks: > 0 } rest)
            await Task.Delay(rest);
        await machines.Faults(machines.Itop, new { holdCreates = false });
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(15));
    }

    static async Task<int> Held(Machines machines, string what) =>
        JsonNode.Parse(await machines.Http.GetStringAsync(new Uri(machines.Itop, "sim/held")))![what]!.GetValue<int>();
}
