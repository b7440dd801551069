namespace GroupTicketing.EndToEnd.Tests;

/// <summary>iTop goes on working after its client has left (observed on 3.2.0): the connection of each create breaks at once, and the ticket is committed up to 45 s later.</summary>
public sealed class LateCommits(ITestOutputHelper output)
{
    const int Tickets = 100;

    [Fact]
    public async Task A_hundred_creates_committed_after_the_client_left_are_not_doubled()
    {
        await using var machines = await Machines.Start();
        await machines.Faults(machines.Itop, new { createCommitLateMs = new { min = 0, max = 45_000 }, createCommitLateShare = 1.0, latencyMs = 20, seed = 7 });
        await Parallel.ForEachAsync(Enumerable.Range(1, Tickets), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) => await machines.HandOver($"{number}"));
        await Ledgers.Drained(machines, TimeSpan.FromMinutes(4));

        var created = Ledgers.Itop(machines).Where(line => line.GetProperty("op").GetString() == "create").GroupBy(Ledgers.NumberOf).ToDictionary(group => group.Key!, group => group.Count());
        output.WriteLine($"lost {Tickets - created.Count} duplicated {created.Values.Count(count => count > 1)} of {Tickets}");
        created.Count.ShouldBe(Tickets);
        created.Values.ShouldAllBe(count => count == 1);
    }
}
