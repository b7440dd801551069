using System.Text.Json;

namespace GroupTicketing.Prove.Hosted;

/// <summary>The file in which a process of the product says what it holds.</summary>
sealed class GaugeFile : IDisposable
{
    const int UntilAtRest = 9;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    readonly string file = Path.Combine(Path.GetTempPath(), $"prove-gauge-{Environment.ProcessId}.jsonl");

    public IReadOnlyList<Held> All =>
        File.Exists(file)
            ? [.. File.ReadLines(file).Where(line => line.EndsWith('}')).Select(line => JsonSerializer.Deserialize<Held>(line)!)]
            : [];

    /// <summary>The product in a process of ours, which says it.</summary>
    public Setup In(Setup setup) => setup with
    {
        Program = typeof(GaugeFile).Assembly.Location,
        Settings = new Dictionary<string, string>(setup.Settings)
        {
            [Gauge.Variable] = file,
            // What the shared pool of arrays keeps is bounded, nobody's, and given back over many minutes: here it
            // keeps next to nothing.
            ["DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXPARTITIONCOUNT"] = "1",
            ["DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION"] = "1",
        },
    };

    /// <summary>What it holds a minute and a half from now, nothing being asked of it meanwhile.</summary>
    public async Task<Held> AtRest()
    {
        using var late = new CancellationTokenSource(patience);
        for (var wanted = All.Count + UntilAtRest; All.Count < wanted;)
            await Task.Delay(1_000, late.Token);
        return All[^1];
    }

    public void Dispose() => File.Delete(file);
}
