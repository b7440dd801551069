namespace GroupTicketing.Benchmarks;

/// <summary>The benchmarks by name: <c>dotnet run --project tests/Benchmarks -c Release -- store</c>.</summary>
static class Benchmark
{
    static readonly Dictionary<string, Func<string[], Task<int>>> known = new()
    {
        ["baseline"] = Measure.Baseline.Run,
        ["gateway"] = _ => Gateway.GatewayBenchmark.Run(),
        ["intake"] = Gateway.Processes.Intake,
        ["measure"] = Measure.Measures.Run,
        ["reminders"] = _ => Reminders.Run(),
        ["store"] = _ => StoreBenchmark.Sqlite(),
        ["mongo"] = StoreBenchmark.Mongo,
    };

    public static async Task<int> Run(string[] args)
    {
        if (args.Length > 0 && known.TryGetValue(args[0], out var benchmark))
            return await benchmark(args[1..]);
        await Console.Error.WriteLineAsync($"usage: -- <name>, one of: {string.Join(", ", known.Keys)}");
        return 2;
    }
}
