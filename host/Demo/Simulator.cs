using System.Diagnostics;

namespace GroupTicketing.Host.Demo;

/// <summary>A simulator as a process of its own; it ends with the demo.</summary>
sealed class Simulator : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Process process;

    Simulator(Process process) => this.process = process;

    /// <summary>Starts one and waits until it answers.</summary>
    /// <exception cref="DemoFailed">It ended, or did not answer in time.</exception>
    public static async Task<Simulator> Start(string role, Uri url, IReadOnlyDictionary<string, string> options, CancellationToken ct)
    {
        // By dotnet if we are, else by the program beside ours: an installed release has no dotnet.
        var byDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var program = Path.Combine(AppContext.BaseDirectory, "GroupTicketing.Simulators");
        var start = new ProcessStartInfo(byDotnet ? Environment.ProcessPath! : program)
        {
            UseShellExecute = false,
            // Held open while this process lives: killed, it takes the simulators along.
            RedirectStandardInput = true,
            WorkingDirectory = Environment.CurrentDirectory,
        };
        if (byDotnet)
            start.ArgumentList.Add($"{program}.dll");
        start.ArgumentList.Add(role);
        foreach (var (name, value) in options.Append(new("urls", url.ToString())).Append(new("parent", "stdin")))
        {
            start.ArgumentList.Add($"--{name}");
            start.ArgumentList.Add(value);
        }
        var simulator = new Simulator(Process.Start(start) ?? throw new DemoFailed($"the simulator {role} could not be started"));
        await simulator.Ready(role, url, ct);
        return simulator;
    }

    async Task Ready(string role, Uri url, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            if (process.HasExited)
                throw new DemoFailed($"the simulator {role} ended (exit {process.ExitCode}): is {url} in use?");
            try
            {
                using var answer = await http.GetAsync(url, ct);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, ct);
            }
        }
        throw new DemoFailed($"the simulator {role} did not answer within {Patience.TotalSeconds:0} s");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }
}

/// <summary>The demo cannot go on; the message says why.</summary>
sealed class DemoFailed(string message) : Exception(message);
