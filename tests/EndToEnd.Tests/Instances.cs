using GroupTicketing.Prove;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>Two instances of each service under load, either killed or standing still at a bad moment: order per ticket
/// and one effect hold all the same. Distributed only.</summary>
[Trait("form", "long")]
public sealed class Instances(ITestOutputHelper output)
{
    const int Tickets = 80;
    const int Kills = 8;
    const int Comments = 2;

    // Longer than the lease of a call to iTop (30 s and its grace): the other has taken over and looked before this one goes on.
    static readonly TimeSpan Long = TimeSpan.FromSeconds(70);

    // Longer than the lead of iTop is believed.
    static readonly TimeSpan Short = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Two_of_each_keep_order_and_one_effect_over_kills_and_pauses()
    {
        await using var machines = await Machines.Start(new Setup { Latency = 300, Instances = 2 });
        var faults = Faults(machines);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Tickets),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (number, _) =>
            {
                await machines.HandOver($"{number}");
                await machines.Comments($"{number}", Comments);
                await Task.Delay(3_000);
            }
        );
        await faults;
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(4));

        var verdict = await Judge.Of(machines, output.WriteLine);
        output.WriteLine($"{verdict}, {Kills} kills, 6 pauses");
        verdict.Kept.ShouldBeTrue();
    }

    static async Task Faults(Machines machines)
    {
        var chance = new Random(20_261_124);
        // By now its calls are under way.
        await Task.Delay(3_000);
        var pause = machines.Pause("itop", Long);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(chance.Next(500, 3_000));
            // One that stands still is not killed in its sleep.
            await machines.Kill(chance, sparing: "itop");
            await machines.StartProduct(sparing: "itop");
        }
        foreach (var service in new[] { "intake", "routing", "notification", "portal" })
            await machines.Pause(service, Short);
        await pause;
        // The other leads since then.
        await machines.Pause("itop", Short, number: 2);
    }
}
