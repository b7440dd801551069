namespace GroupTicketing.EndToEnd.Tests;

/// <summary>The process is killed at random moments, each time with something in flight; iTop's and the school's ledgers say what became of it.</summary>
public sealed class Kills(ITestOutputHelper output)
{
    // The long form of ./test.sh full.
    static readonly int longer = Environment.GetEnvironmentVariable("GROUPTICKETING_TESTS_FULL") == "yes" ? 4 : 1;
    // Of several processes one is killed at a time, and each takes its seconds to come back.
    static readonly bool apart = Engines.OfThisRun() is not null;
    static readonly int Tickets = (apart ? 100 : 200) * longer;
    static readonly int Times = (apart ? 15 : 50) * longer;
    const int Comments = 2;

    [Fact]
    public async Task Nothing_is_lost_doubled_or_out_of_order_over_kills()
    {
        await using var machines = await Machines.Start();
        var stop = new CancellationTokenSource();
        var kills = Killer(machines, stop.Token);
        await Parallel.ForEachAsync(Enumerable.Range(1, Tickets), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) => await Life(machines, $"{number}"));
        while (!kills.IsCompleted)
            await Life(machines, $"{Tickets + Interlocked.Increment(ref extra)}");
        (await kills).ShouldBe(Times);
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(4));

        var total = Tickets + extra;
        var verdict = Verdict.Of(machines, total, Comments);
        output.WriteLine($"{verdict} of {total}, {Times} kills");
        verdict.ShouldBe(Verdict.Kept);
    }

    int extra;

    static async Task Life(Machines machines, string number)
    {
        await machines.HandOver(number);
        await machines.Comments(number, Comments);
        await Task.Delay(300);
    }

    static async Task<int> Killer(Machines machines, CancellationToken ct)
    {
        var chance = new Random(20_261_124);
        var kills = 0;
        while (kills < Times)
        {
            await Task.Delay(chance.Next(200, 1_200), ct);
            if (await machines.Owed() == 0)
                continue;
            await machines.Kill(chance);
            kills++;
            await machines.StartProduct();
        }
        return kills;
    }
}
