namespace GroupTicketing.Prove.Of;

/// <summary>iTop is away for seconds, minutes and hours, a school for weeks: the door feels nothing of it, and what
/// waited comes soon after the return.</summary>
static class Outage
{
    static readonly TimeSpan Weeks = TimeSpan.FromDays(21);

    public static async Task<Verdict> Run(ProofRun run)
    {
        // Real where a person can wait for it; longer ones by the clock that a drill may set.
        (TimeSpan Down, bool ByClock, TimeSpan Bound)[] outages = run.Small
            ? [(TimeSpan.FromSeconds(8), false, TimeSpan.FromSeconds(5)), (TimeSpan.FromHours(8), true, TimeSpan.FromSeconds(35))]
            :
            [
                (TimeSpan.FromSeconds(20), false, TimeSpan.FromSeconds(5)),
                (TimeSpan.FromMinutes(20), false, TimeSpan.FromSeconds(35)),
                (TimeSpan.FromHours(8), true, TimeSpan.FromSeconds(35)),
            ];
        var verdict = Verdict.None;
        foreach (var (down, byClock, bound) in outages)
            verdict += await OfItop(run, down, byClock, bound);
        return verdict + await OfSchool(run);
    }

    static async Task<Verdict> OfItop(ProofRun run, TimeSpan down, bool byClock, TimeSpan bound)
    {
        await using var machines = await Machines.Start(run.Setup());
        using var poster = new Poster(machines);
        await Stream.Of(poster, 1, run.Small ? 5 : 200);
        var control = Percentile.Of99(await Stream.Of(poster, 10_001, run.Tickets));
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(2));
        await machines.StopItop();
        var began = DateTime.UtcNow;
        await Task.Delay(TimeSpan.FromSeconds(2));
        var meanwhile = Percentile.Of99(await Stream.Of(poster, 20_001, run.Tickets));
        if (byClock)
            await Later(machines, poster, down);
        else if (down - (DateTime.UtcNow - began) is { Ticks: > 0 } rest)
            await Task.Delay(rest);
        await machines.StartItop();
        var back = DateTimeOffset.UtcNow + machines.Offset;
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(10));
        var first =
            Ledgers
                .Itop(machines)
                .Where(line => line.GetProperty("op").GetString() == "create")
                .Select(line => line.GetProperty("at").GetDateTimeOffset())
                .Where(at => at > back)
                .Min() - back;
        var name = $"iTop away {down}{(byClock ? " by the clock" : "")}";
        run.Bound($"{name}: first create after its return", bound, first);
        var extra = TimeSpan.FromMilliseconds(Math.Max(control.TotalMilliseconds / 2, 20));
        run.Bound($"{name}: p99 at the door meanwhile (control {control.TotalMilliseconds:0.0} ms)", control + extra, meanwhile);
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(2));
    }

    static async Task<Verdict> OfSchool(ProofRun run)
    {
        await using var machines = await Machines.Start(run.Setup());
        using var poster = new Poster(machines);
        await machines.Faults(machines.School, new { callbackStatus = 503 });
        var intervenant = Intervenant.Of(machines);
        await new Load(run.Tickets) { Comments = 1 }.Send(machines);
        await Doors.Until(
            () =>
                Task.FromResult(
                    Ledgers.Itop(machines).Count(line => line.GetProperty("stimulus").GetString() == "ev_assign") == run.Tickets
                ),
            "all are taken in iTop",
            TimeSpan.FromMinutes(3)
        );
        // Seen by the next poll.
        await Task.Delay(TimeSpan.FromSeconds(5));
        await machines.StopItop();
        await Later(machines, poster, Weeks, async () =>
        {
            await machines.StartItop();
            await machines.Faults(machines.School, new { callbackStatus = 503 });
        });
        var back = DateTime.UtcNow;
        await machines.Faults(machines.School, new { });
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(8));
        run.Bound(
            $"a school away {Weeks.TotalDays:0} days by the clock: all told after its return",
            TimeSpan.FromMinutes(5),
            DateTime.UtcNow - back
        );
        await intervenant.Ends();
        return await Judge.Drained(machines, run, TimeSpan.FromMinutes(2));
    }

    // The product and the schools start again by a clock that is so much later, on what they have.
    static async Task Later(Machines machines, Poster poster, TimeSpan by, Func<Task>? before = null)
    {
        await machines.StopProduct();
        machines.Offset += by;
        poster.Offset = machines.Offset;
        await machines.RestartSchools();
        await (before?.Invoke() ?? Task.CompletedTask);
        await machines.StartProduct();
        await Task.Delay(TimeSpan.FromSeconds(10));
    }
}
