using System.Diagnostics;
using GroupTicketing.Host.Commands;

namespace GroupTicketing.Host.Demo;

/// <summary>A simulator as a process of its own; it ends with the demo.</summary>
sealed class Simulator : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Going = TimeSpan.FromSeconds(5);

    readonly Process process;

    Simulator(Process process) => this.process = process;

    /// <summary>Starts one and waits until it answers.</summary>
    /// <exception cref="DemoFailed">Another program listens there, it ended, or it did not answer in time.</exception>
    public static async Task<Simulator> Start(
        string role,
        Uri url,
        IReadOnlyDictionary<string, string> options,
        CancellationToken ct
    )
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
        await Free(url, ct);
        var simulator = new Simulator(Process.Start(start) ?? throw new DemoFailed(CommandTexts.Text("DemoNotStarted", role)));
        try
        {
            await simulator.Ready(role, url, ct);
            return simulator;
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Else what listens there already would be taken for the simulator; that of a demo just killed goes by
    /// itself.</summary>
    static Task Free(Uri url, CancellationToken ct) => Until(Going, () => Task.FromResult(Listening.Fault(url.ToString())), ct);

    async Task Ready(string role, Uri url, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await Until(Patience, Lacks, ct);

        async Task<string?> Lacks()
        {
            if (process.HasExited)
                throw new DemoFailed(CommandTexts.Text("DemoEnded", role, process.ExitCode, url));
            try
            {
                using var answer = await http.GetAsync(url, ct);
                return null;
            }
            catch (Exception exception)
                when (exception is HttpRequestException
                    || (exception is OperationCanceledException && !ct.IsCancellationRequested))
            {
                return CommandTexts.Text("DemoSilent", role, Patience.TotalSeconds);
            }
        }
    }

    static async Task Until(TimeSpan patience, Func<Task<string?>> lacks, CancellationToken ct)
    {
        var until = TimeProvider.System.GetUtcNow() + patience;
        while (await lacks() is { } fault)
        {
            if (TimeProvider.System.GetUtcNow() > until)
                throw new DemoFailed(fault);
            await Task.Delay(100, ct);
        }
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
