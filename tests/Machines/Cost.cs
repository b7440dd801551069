using System.Text.Json.Nodes;

namespace GroupTicketing.Tests;

/// <summary>What one ticket costs the product, from post to callback told: by process accounting and by counts, never
/// by a clock on the wall.</summary>
/// <param name="CpuMs">User and system time of all its processes, with what idling costs them meanwhile.</param>
/// <param name="ItopCalls">Calls to iTop, polling included.</param>
/// <param name="Writes">Writes of documents; null where the store is not embedded.</param>
public sealed record Cost(double CpuMs, double ItopCalls, double? Writes)
{
    const int Callers = 8;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Opens tickets <paramref name="first"/> and following, and waits until all are told.</summary>
    public static async Task<Cost> OfOpening(Machines machines, int first, int count)
    {
        var (calls, writes, cpu) = (await Calls(machines), machines.Writes(), machines.ProductIds.Sum(Proc.CpuMs));
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count),
            new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (number, _) => await machines.HandOver($"{number}")
        );
        await Ledgers.Drained(machines, Patience);
        var spent = machines.ProductIds.Sum(Proc.CpuMs) - cpu;
        return new Cost(
            (double)spent / count,
            (double)(await Calls(machines) - calls) / count,
            (double?)(machines.Writes() - writes) / count
        );
    }

    /// <summary>How many calls iTop has had.</summary>
    public static async Task<int> Calls(Machines machines) =>
        JsonNode.Parse(await machines.Http.GetStringAsync(new Uri(machines.Itop, "sim/calls")))!["total"]!.GetValue<int>();
}
