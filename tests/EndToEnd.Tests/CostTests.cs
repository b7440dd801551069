using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>
/// What a ticket costs does not grow unnoticed: what can be counted is at most what <c>cost.json</c> says; CPU, which a
/// busy neighbour makes dearer, at most twice that. Times are no test:
/// ./measure.sh.
/// </summary>
[CollectionDefinition(nameof(CostTests), DisableParallelization = true)]
[Collection(nameof(CostTests))]
public sealed class CostTests(ITestOutputHelper output)
{
    // What is published is compiled while it runs: by then what a ticket needs is.
    const int WarmUp = 600;
    const int Rounds = 3;
    const int MostRounds = 12;
    const int Tickets = 200;
    const double Band = 2;
    const int Alone = 20;
    const string Commits = "groupticketing_store_commits_total";

    static readonly Kept kept = JsonSerializer.Deserialize<Kept>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cost.json")),
        JsonSerializerOptions.Web
    )!;

    [Fact]
    public async Task A_ticket_costs_no_more_writes_calls_and_cpu_than_the_file_says()
    {
        var metrics = Ports.FreeAddress();
        await using var machines = await Machines.Start(
            new Setup
            {
                Latency = 5,
                PollEvery = TimeSpan.FromSeconds(6),
                Settings = new Dictionary<string, string> { ["GROUPTICKETING__Metrics__Url"] = $"{metrics}".TrimEnd('/') },
            }
        );
        await Cost.OfOpening(machines, 1, WarmUp);
        var (costs, yardsticks, allocated) = (new List<Cost>(), new List<double>(), new List<double>());
        for (
            var round = 0;
            round < MostRounds
                && (round < Rounds || costs.Min(cost => cost.CpuMs) > Most() || allocated.Min() > kept.AllocatedKiB);
            round++
        )
        {
            yardsticks.Add(Yardstick());
            var before = await AllocatedKiB(machines.Http, metrics);
            costs.Add(await Cost.OfOpening(machines, 1 + WarmUp + round * Tickets, Tickets));
            allocated.Add((await AllocatedKiB(machines.Http, metrics) - before) / Tickets);
        }
        // The best of each: whatever else the machine does makes them worse, never better. So a machine that is busy
        // for a while is given more rounds; a ticket that costs more fails them all.
        var best = new Cost(costs.Min(cost => cost.CpuMs), costs.Min(cost => cost.ItopCalls), costs.Min(cost => cost.Writes));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"per ticket: {best.CpuMs:0.00} ms of CPU (at "
                + $"most {Most():0.00}), {best.Writes:0.0} writes, {best.ItopCalls:0.000} calls to "
                + $"iTop, {allocated.Min():0} KiB allocated; yardstick {yardsticks.Min():0} ms; {costs.Count} rounds"
            )
        );

        best.Writes.ShouldNotBeNull()
            .ShouldBeLessThanOrEqualTo(
                kept.Writes,
                "each is a durable write: a new one needs a reason, and a new number in cost.json"
            );
        best.ItopCalls.ShouldBeLessThanOrEqualTo(kept.ItopCalls, "iTop is the slowest part of all");
        allocated
            .Min()
            .ShouldBeLessThanOrEqualTo(
                kept.AllocatedKiB,
                "memory taken and given back is work: of all that costs CPU it can be counted"
            );
        best.CpuMs.ShouldBeLessThanOrEqualTo(Most(), "docs/performance.md says how to see where it goes");

        double Most() => kept.CpuMs * Band * yardsticks.Min() / kept.YardstickMs;
    }

    static async Task<double> AllocatedKiB(HttpClient http, Uri metrics) =>
        await Value(http, metrics, "dotnet_gc_heap_total_allocated_bytes_total") / 1024;

    static async Task<double> Value(HttpClient http, Uri metrics, string name)
    {
        var line = (await http.GetStringAsync(new Uri(metrics, "metrics")))
            .Split('\n')
            .Single(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task An_opening_is_three_commits()
    {
        var metrics = Ports.FreeAddress();
        await using var machines = await Machines.Start(
            new Setup
            {
                Latency = 5,
                // A poll notes how far it read.
                PollEvery = TimeSpan.FromMinutes(5),
                Settings = new Dictionary<string, string> { ["GROUPTICKETING__Metrics__Url"] = $"{metrics}".TrimEnd('/') },
            }
        );
        await Cost.OfOpening(machines, 1, 1);
        var (before, writes) = (await Value(machines.Http, metrics, Commits), machines.Writes()!.Value);
        for (var number = 2; number < 2 + Alone; number++)
            await Cost.OfOpening(machines, number, 1);

        var each = (await Value(machines.Http, metrics, Commits) - before) / Alone;
        var documents = (double)(machines.Writes()!.Value - writes) / Alone;
        output.WriteLine($"per ticket: {each:0.00} commits, {documents:0.00} documents");
        each.ShouldBeLessThanOrEqualTo(3.2, "the post, what iTop answered, what the school answered");
        documents.ShouldBeLessThanOrEqualTo(10.1, "four with the post, four with iTop's answer, two with the school's");
    }

    // A fixed piece of work beside it: another machine, or a busy one, does both slower.
    static double Yardstick()
    {
        var began = Proc.ThreadCpuMs();
        var text = new string('x', 2_000);
        for (var round = 0; round < 150_000; round++)
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { round, text }));
        return Proc.ThreadCpuMs() - began;
    }

    /// <param name="CpuMs">Per ticket, of the published program, measured by this test.</param>
    /// <param name="YardstickMs">What the fixed piece of work took on the machine that measured it.</param>
    sealed record Kept(double CpuMs, double YardstickMs, double Writes, double ItopCalls, double AllocatedKiB);
}
