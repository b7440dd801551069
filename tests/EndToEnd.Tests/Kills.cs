using System.Text.Json;

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
        var itop = Ledgers.Itop(machines);
        var created = itop.Where(line => Op(line, "create") && Ledgers.NumberOf(line) is not null).GroupBy(line => Ledgers.NumberOf(line)!).ToDictionary(group => group.Key, group => group.Count());
        var lost = Enumerable.Range(1, total).Count(number => !created.ContainsKey($"{number}"));
        var doubled = created.Values.Count(count => count > 1);
        var disordered = Enumerable.Range(1, total).Count(number => !InOrder(itop, $"{number}"));
        var told = Ledgers.School(machines).Where(line => line.GetProperty("dir").GetString() == "told").ToList();
        var untold = Enumerable.Range(1, total).Count(number => Referenced(told, $"{number}") != 1);
        output.WriteLine($"lost {lost} duplicated {doubled} disordered {disordered} untold {untold} of {total}, {Times} kills");

        lost.ShouldBe(0);
        doubled.ShouldBe(0);
        disordered.ShouldBe(0, "each ticket's entries stand in iTop once and in the order the school wrote them");
        untold.ShouldBe(0, "each school ticket is told its reference; repeats bear the same id");
    }

    int extra;

    /// <summary>A ticket and its comments, each sent until it is taken.</summary>
    static async Task Life(Machines machines, string number)
    {
        await machines.HandOver(number);
        for (var comment = 1; comment <= Comments; comment++)
            await machines.Says(number, "ticket.commented", new() { ["id"] = $"c{number}-{comment}", ["text"] = $"Commentaire {comment}", ["by"] = "support" });
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

    static bool Op(JsonElement line, string op) => line.GetProperty("op").GetString() == op && line.GetProperty("class").GetString() == "UserRequest";

    static bool InOrder(IReadOnlyList<JsonElement> itop, string number)
    {
        var entries = itop.Where(line => line.GetProperty("entry").GetString() is not null && Ledgers.NumberOf(line) == number).Select(line => line.GetProperty("entry").GetString()!).ToList();
        return entries.Count == Comments && entries.Index().All(entry => entry.Item.Contains($"Commentaire {entry.Index + 1}\n"));
    }

    static int Referenced(IReadOnlyList<JsonElement> told, string number) => told
        .Where(line => line.GetProperty("ticket").GetString() == number && line.GetProperty("type").GetString() == "group.referenced" && line.GetProperty("status").GetInt32() is >= 200 and < 300)
        .Select(line => line.GetProperty("id").GetString())
        .Distinct()
        .Count();
}
