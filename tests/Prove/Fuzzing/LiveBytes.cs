using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace GroupTicketing.Prove.Fuzzing;

/// <summary>What a process still holds after full collections.</summary>
static class LiveBytes
{
    const string Runtime = "Microsoft-Windows-DotNETRuntime";
    const string Size = "dotnet_gc_last_collection_heap_size_bytes";
    const string Holes = "dotnet_gc_last_collection_heap_fragmentation_size_bytes";
    // Pools of arrays give back a little at each collection, of what nobody took for a minute.
    const int Collections = 50;
    static readonly TimeSpan untouched = TimeSpan.FromSeconds(65);

    // The runtime collects everything before it answers this keyword.
    const long Collects = 0x80_0000;

    /// <param name="metrics">The address of the process' metrics.</param>
    public static async Task<long> Of(int process, HttpClient http, Uri metrics)
    {
        await Task.Delay(untouched);
        for (var time = 0; time < Collections; time++)
            await Collect(process);
        var lines = (await http.GetStringAsync(new Uri(metrics, "metrics"))).Split('\n');
        return Sum(lines, Size) - Sum(lines, Holes);
    }

    // One for each generation.
    static long Sum(string[] lines, string metric)
    {
        var all = lines.Where(line => line.StartsWith(metric, StringComparison.Ordinal)).ToList();
        return all.Count > 0
            ? all.Sum(line => (long)double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"no {metric} in the metrics");
    }

    static async Task Collect(int process)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var session = await new DiagnosticsClient(process).StartEventPipeSessionAsync([new EventPipeProvider(Runtime, EventLevel.Informational, Collects)], requestRundown: false, token: late.Token);
        var events = session.EventStream.CopyToAsync(System.IO.Stream.Null, late.Token);
        await session.StopAsync(late.Token);
        await events;
    }
}
