using System.Diagnostics;

namespace GroupTicketing.Prove.Of;

/// <summary>Fifty schools, of which one is dead and one takes half a minute for each answer: the others feel nothing.
/// Two products side by side, one with the sick schools' tickets and one
/// without, in turn.</summary>
static class Schools
{
    const int Healthy = 48;
    const int Rounds = 5;
    const string Dead = "morte", Slow = "lente";

    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(30);
    static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);

    public static async Task<Verdict> Run(ProofRun run)
    {
        await using var well = await Side.Start(run);
        await using var sick = await Side.Start(run);
        sick.Told.Slow[Slow] = HalfAMinute;
        var (without, with) = (new List<TimeSpan>(), new List<TimeSpan>());
        var rounds = run.Small ? 1 : Rounds;
        var each = Math.Max(20, run.Tickets / rounds / 2);
        // The first round warms both up and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            var control = await well.Round(round, each, withSick: false);
            var tried = await sick.Round(round, each, withSick: true);
            if (round == 0)
                continue;
            without.Add(control);
            with.Add(tried);
            run.Say(
                $"     round {round}: p99 post to reference told {control.TotalMilliseconds:0} ms "
                + $"without, {tried.TotalMilliseconds:0} ms with the sick schools"
            );
        }
        var aim =
            Percentile.Median(without)
            + TimeSpan.FromMilliseconds(Math.Max(Percentile.Median(without).TotalMilliseconds / 10, 20));
        run.Bound(
            $"the others' p99, median of {rounds} rounds (control {Percentile.Median(without).TotalMilliseconds:0} ms)",
            aim,
            Percentile.Median(with)
        );
        return await well.Judged(run) + await sick.Judged(run);
    }

    /// <summary>One product and its schools.</summary>
    sealed class Side(Machines machines, ToldTimes told, Uri deadAt) : IAsyncDisposable
    {
        readonly Dictionary<string, Poster> posters = machines.Schools.ToDictionary(
            school => school.Slug,
            school => new Poster(machines, school)
        );
        ToldTimes? risen;

        public ToldTimes Told => told;

        public static async Task<Side> Start(ProofRun run)
        {
            var told = await ToldTimes.Start(Ports.FreeAddress());
            var deadAt = Ports.FreeAddress();
            string[] slugs = [.. Enumerable.Range(1, Healthy).Select(number => $"e{number}"), Dead, Slow];
            var machines = await Machines.Start(
                run.Setup() with
                {
                    Schools = slugs,
                    SchoolAt = slug => new Uri(slug == Dead ? deadAt : told.Url, $"{slug}/"),
                }
            );
            told.WriteTo(machines.Folder);
            return new Side(machines, told, deadAt);
        }

        /// <summary>The p99 of the healthy schools' tickets, from their post to their reference told.</summary>
        public async Task<TimeSpan> Round(int round, int tickets, bool withSick)
        {
            var posted = new List<(string School, string Number, long At)>();
            for (var number = 0; number < tickets; number++)
            {
                var (school, ticket) = ($"e{1 + (number % Healthy)}", $"{(round * 100_000) + number}");
                posted.Add((school, ticket, Stopwatch.GetTimestamp()));
                await Taken(school, ticket);
                if (withSick && number % 10 == 0)
                    await Taken(number % 20 == 0 ? Dead : Slow, ticket);
                await Task.Delay(Pace);
            }
            await Doors.Until(
                () => Task.FromResult(posted.All(one => told.Referenced(one.School, one.Number) is not null)),
                "all healthy schools are told",
                TimeSpan.FromMinutes(3)
            );
            return Percentile.Of99([
                .. posted.Select(one => Stopwatch.GetElapsedTime(one.At, told.Referenced(one.School, one.Number)!.Value)),
            ]);
        }

        /// <summary>The dead one lives again, the slow one is quick: what waited comes.</summary>
        public async Task<Verdict> Judged(ProofRun run)
        {
            told.Slow.Clear();
            risen = await ToldTimes.Start(deadAt);
            risen.WriteTo(machines.Folder);
            await Ledgers.Drained(machines, TimeSpan.FromMinutes(12));
            return await Judge.Of(machines, run.Say);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var poster in posters.Values)
                poster.Dispose();
            await machines.DisposeAsync();
            await told.DisposeAsync();
            if (risen is not null)
                await risen.DisposeAsync();
        }

        async Task Taken(string school, string ticket)
        {
            if (await posters[school].Opens(ticket) is { Status: not 202 } refused)
                throw new InvalidOperationException($"not taken: {refused.Status} {refused.Answer}");
        }
    }
}
