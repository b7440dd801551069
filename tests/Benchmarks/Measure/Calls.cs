using System.Text.Json.Nodes;

namespace GroupTicketing.Benchmarks.Measure;

/// <summary>Calls to iTop: over a whole life, while nothing happens, and when every second answer is dropped.</summary>
static class Calls
{
    const int Lives = 20;
    // assign, ask and resolve are the intervenant's own.
    const int OfIntervenant = 3;

    public static async Task Run(int tickets)
    {
        await Life();
        await Idle();
        await Recovery(tickets > 0 ? tickets : 100);
    }

    static async Task Life()
    {
        await using var machines = await Machines.Start(new Setup { Latency = 5, PollEvery = Cpu.PollEvery });
        await Cost.OfOpening(machines, 1, 20);
        var before = await Cost.Calls(machines);
        await Parallel.ForEachAsync(Enumerable.Range(21, Lives), async (number, _) => await Live(machines, $"{number}"));
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(1));
        var calls = (double)(await Cost.Calls(machines) - before) / Lives - OfIntervenant;
        Report.Say(19, "iTop calls per whole life", $"{calls:0.0} ({Lives} at once; polling included)");
    }

    static async Task Live(Machines machines, string number)
    {
        await machines.HandOver(number);
        await machines.Told(number, "group.referenced");
        var shown = JsonNode.Parse(await machines.Http.GetStringAsync(new Uri(machines.School, $"sim/tickets/{number}")))!;
        var id = $"{int.Parse($"{shown["reference"]}".Split('-')[^1])}";
        await machines.Acts(id, "ev_assign");
        await machines.Told(number, "group.assigned");
        await machines.Acts(id, "ev_pending", new() { ["pending_reason"] = "Quel est le nom du compte ?" });
        await machines.Told(number, "group.pending");
        await machines.Says(number, "ticket.answered", new() { ["id"] = $"a{number}", ["text"] = "dupont", ["by"] = "support" });
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(1));
        await machines.Acts(id, "ev_resolve", new() { ["solution"] = "Compte créé." });
        await machines.Told(number, "group.resolved");
        await machines.Says(number, "ticket.confirmed");
        await machines.Told(number, "group.closed");
    }

    static async Task Idle()
    {
        await using var machines = await Machines.Start(new Setup { PollEvery = Cpu.PollEvery });
        await Task.Delay(TimeSpan.FromSeconds(10));
        var before = await Cost.Calls(machines);
        await Task.Delay(TimeSpan.FromMinutes(1));
        var calls = await Cost.Calls(machines) - before;
        Report.Say(19, "iTop calls a minute while idle", $"{calls}", "12", calls <= 12);
    }

    static async Task Recovery(int tickets)
    {
        await using var machines = await Machines.Start(new Setup { Latency = 20, PollEvery = Cpu.PollEvery });
        await Cost.OfOpening(machines, 1, 20);
        await machines.Faults(machines.Itop, new { dropAnswerShare = 0.5, seed = 7 });
        var cost = await Cost.OfOpening(machines, 100, tickets);
        Report.Say(
            19,
            "iTop calls per opening in recovery",
            $"{cost.ItopCalls:0.00} (half of the answers dropped, {tickets} tickets)",
            "2.1",
            cost.ItopCalls <= 2.1
        );
    }
}
