namespace GroupTicketing.Prove.Of;

/// <summary>A school's tool loses every fifth webhook and iTop every fifth answer to what changed: after one cycle of
/// reconcile both sides are equal. Amid live traffic without any loss it repairs nothing.</summary>
static class Reconcile
{
    public static async Task<Verdict> Run(ProofRun run) => await AmidTraffic(run) + await AfterLosses(run);

    static async Task<Verdict> AmidTraffic(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup());
        using var people = new Operator(machines);
        var intervenant = Intervenant.Of(machines);
        var load = new Load(run.Tickets).Send(machines);
        var cycles = 0;
        while (!load.IsCompleted)
        {
            await people.Once();
            cycles++;
        }
        await load;
        await intervenant.Ends();
        var repaired = (await people.Once()).Sum(side => side.Repaired);
        run.Bound($"false repairs in {cycles} cycles amid {run.Tickets} live tickets", "0", $"{repaired}", repaired == 0);
        var verdict = await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
        run.Say($"control, no losses: {verdict}");
        return verdict;
    }

    static async Task<Verdict> AfterLosses(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup());
        using var people = new Operator(machines);
        await machines.Faults(machines.School, new { loseEvery = 5 });
        await machines.Faults(machines.Itop, new { emptyPollEvery = 5 });
        var intervenant = Intervenant.Of(machines);
        await Sent(machines, Math.Min(run.Tickets, 400));
        await machines.Faults(machines.School, new { });
        var repaired = await people.UntilEqual();
        run.Bound("repaired, every fifth webhook lost", "more than 0", $"{repaired}", repaired > 0);
        await intervenant.Ends();
        var verdict = await Judge.Drained(machines, run, TimeSpan.FromMinutes(3));
        var again = await people.UntilEqual();
        run.Bound("repaired at one more cycle", "0", $"{again - repaired}", again == repaired);
        return verdict;
    }

    // As Load sends, by a tool that does not know what became of its webhooks.
    static Task Sent(Machines machines, int tickets) =>
        Parallel.ForEachAsync(
            Enumerable.Range(1, tickets),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (number, _) =>
            {
                await Said($"sim/tickets?id=toulouse-{number}-opened", Body.Ticket($"{number}"));
                foreach (var comment in new[] { 1, 2 })
                {
                    var data = new System.Text.Json.Nodes.JsonObject
                    {
                        ["id"] = $"c{comment}",
                        ["text"] = $"Commentaire {comment}",
                        ["by"] = "support",
                    };
                    await Said(
                        $"sim/tickets/{number}/events",
                        new()
                        {
                            ["type"] = "ticket.commented",
                            ["id"] = $"toulouse-{number}-c{comment}",
                            ["data"] = data,
                        }
                    );
                }

                async Task Said(string path, System.Text.Json.Nodes.JsonObject body) =>
                    (await machines.Http.PostAsync(new Uri(machines.School, path), Body.Of(body))).EnsureSuccessStatusCode();
            }
        );
}
