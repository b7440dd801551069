using System.Diagnostics;
using GroupTicketing.Host;

namespace GroupTicketing.Benchmarks.Gateway;

/// <summary>The processes of this benchmark; they end with it.</summary>
sealed class Processes : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    readonly List<Process> started = [];
    readonly HttpClient http = new();

    public static string Directory => Path.Combine(AppContext.BaseDirectory, "deploy", "demo");

    /// <summary>An intake alone on a store of its own: what it says, nobody hears. The product refuses that, so this is not its command line.</summary>
    public static async Task<int> Intake(string[] args)
    {
        var settings = new HostSettings { Urls = args[0].TrimEnd('/'), Data = args[1], Directory = Directory };
        await using var app = App.Build(Configuration.Read(settings, ["intake"]), Modules.Open(["intake"], settings));
        await app.RunAsync();
        return 0;
    }

    public int Start(string program, IReadOnlyDictionary<string, string>? settings = null, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        started.Add(process);
        return process.Id;
    }

    /// <summary>All threads of a process on one processor, by util-linux' taskset.</summary>
    public static void Pin(int id, int processor)
    {
        using var pinned = Process.Start(new ProcessStartInfo("taskset", ["-a", "-c", "-p", $"{processor}", $"{id}"]) { RedirectStandardOutput = true })!;
        pinned.StandardOutput.ReadToEnd();
        pinned.WaitForExit();
        if (pinned.ExitCode != 0)
            throw new InvalidOperationException($"taskset ended with {pinned.ExitCode}");
    }

    public async Task Ready(Uri process)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < patience)
        {
            try
            {
                if ((await http.GetAsync(new Uri(process, "readyz"))).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(50);
        }
        throw new TimeoutException($"{process} was not ready within {patience.TotalSeconds:0} s");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        foreach (var process in started.Where(process => !process.HasExited))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
