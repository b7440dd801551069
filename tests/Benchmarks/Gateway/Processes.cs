using System.Diagnostics;
using GroupTicketing.Host;

namespace GroupTicketing.Benchmarks.Gateway;

/// <summary>The processes of this benchmark; they end with it.</summary>
sealed class Processes : IAsyncDisposable
{
    readonly List<Process> started = [];
    readonly HttpClient http = new();

    /// <summary>An intake alone on a store of its own: what it says, nobody hears. The product refuses that, so this is
    /// not its command line.</summary>
    public static async Task<int> Intake(string[] args)
    {
        var settings = new HostSettings
        {
            Urls = args[0].TrimEnd('/'),
            Data = args[1],
            Directory = Machines.Demo,
            InsecureDemo = true,
            Outside = new OutsideSettings { Allow = "127.0.0.0/8", Http = true },
        };
        await using var app = App.Build(Configuration.Read(settings, ["intake"]), Modules.Open(["intake"], settings));
        await app.RunAsync();
        return 0;
    }

    public int Start(string program, Dictionary<string, string> settings, params string[] arguments)
    {
        started.Add(Machines.Run(program, settings, arguments));
        return started[^1].Id;
    }

    /// <summary>All threads of a process on one processor, by util-linux' taskset.</summary>
    public static void Pin(int id, int processor)
    {
        using var pinned = Process.Start(
            new ProcessStartInfo("taskset", ["-a", "-c", "-p", $"{processor}", $"{id}"]) { RedirectStandardOutput = true }
        )!;
        pinned.StandardOutput.ReadToEnd();
        pinned.WaitForExit();
        if (pinned.ExitCode != 0)
            throw new InvalidOperationException($"taskset ended with {pinned.ExitCode}");
    }

    public Task Ready(Uri process) => Machines.Ready(http, new Uri(process, "readyz"));

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
