using System.Collections.Concurrent;

namespace GroupTicketing.Prove.Of;

/// <summary>Restarts under load, asked to stop and killed in turn: nothing is answered 2xx that is not stored, and no
/// valid address is ever unknown.</summary>
static class Ready
{
    const int Hands = 6;

    public static async Task<Verdict> Run(ProofRun run)
    {
        var control = await Controlled.Run(run, run.Setup(), new Load(Math.Min(run.Tickets, 300)) { Comments = 0 });
        await using var machines = await Machines.Start(run.Setup());
        using var poster = new Poster(machines);
        var answers = new ConcurrentDictionary<int, int>();
        var intervenant = Intervenant.Of(machines);
        using var stop = new CancellationTokenSource();
        var number = 0;
        var hands = Task.WhenAll(Enumerable.Range(0, Hands).Select(async _ =>
        {
            while (!stop.IsCancellationRequested || number < run.Tickets)
                await Handed(poster, Interlocked.Increment(ref number), answers);
        }));
        for (var restart = 0; restart < run.Kills; restart++)
        {
            if (restart % 2 == 0)
                await machines.StopProduct();
            else
                await machines.KillAll();
            await machines.StartProduct();
            await Task.Delay(run.Chance.Next(200, 1_000));
        }
        await stop.CancelAsync();
        await hands;
        var times = answers
            .OrderBy(answer => answer.Key)
            .Select(answer => $"{(answer.Key == 0 ? "none" : answer.Key)} {answer.Value} times");
        run.Say($"answers: {string.Join(", ", times)}");
        run.Bound(
            "answers besides 202, 5xx and none",
            "0",
            $"{answers.Where(answer => answer.Key is not (0 or 202 or >= 500)).Sum(answer => answer.Value)}",
            answers.Keys.All(status => status is 0 or 202 or >= 500)
        );
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(5));
        await intervenant.Ends();
        return control + await Judge.Drained(machines, run, TimeSpan.FromMinutes(5));
    }

    // Until it is taken, as a tool does; each answer is counted.
    static async Task Handed(Poster poster, int number, ConcurrentDictionary<int, int> answers)
    {
        while (true)
        {
            var posted = await poster.Opens($"{number}");
            answers.AddOrUpdate(posted.Status, 1, (_, times) => times + 1);
            if (posted.Status == 202 || posted.Status is >= 400 and < 500)
                break;
            await Task.Delay(50);
        }
        await Task.Delay(100);
    }
}
