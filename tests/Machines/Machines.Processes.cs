using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using GroupTicketing.Platform;

namespace GroupTicketing.Tests;

/// <summary>Starting, stopping, killing and holding the processes.</summary>
public sealed partial class Machines
{
    const string ItopName = "itop";
    const int KillSignal = 9;
    const int TermSignal = 15;
    const int ContinueSignal = 18;
    const int StopSignal = 19;

    // Eleven processes that start at once on two cores, beside other tests, take their time: this is no measure of it.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>How far the clocks of the product and the simulators are ahead, from their next start on.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>Starts what is not running of the product, and waits until it is ready.</summary>
    /// <param name="sparing">A service that is not waited for.</param>
    public async Task StartProduct(string? sparing = null)
    {
        var started = Stopwatch.GetTimestamp();
        BeginProduct();
        foreach (var part in parts.Where(part => part.Name != sparing))
            await Ready(Http, new Uri(part.Url, "readyz"), () => StartAgain(part));
        ProductStart = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Starts what is not running of the product, and waits for nothing.</summary>
    public void BeginProduct()
    {
        var program = setup.Program ?? (setup.Group is null ? ProductProgram.File : WriteGrouped());
        foreach (var part in parts.Where(part => part.Process is not { HasExited: false }))
            part.Process = Run(
                program,
                SettingsOf(part),
                Warned(part),
                [
                    "run",
                    .. part.Arguments,
                    .. First(part),
                    "--data",
                    Data(part),
                    "--directory",
                    Path.Combine(Folder, "directory"),
                    "--urls",
                    $"{part.Url}".TrimEnd('/'),
                ]
            );
    }

    // As restart: unless-stopped does: a start ends where the engines were too busy to answer it.
    void StartAgain(Part part)
    {
        if (setup.Engines is not null && part.Process is { HasExited: true })
            BeginProduct();
    }

    Action<string> Warned(Part part) => line =>
    {
        if (Warning().IsMatch(line))
            setup.Warned?.Invoke($"{NameOf(part)} {line}");
    };

    [GeneratedRegex(@"\A(\S+ )?(warn|fail|crit): ")]
    private static partial Regex Warning();

    // A shell that joins the cgroup and becomes the program.
    string WriteGrouped()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("cgroups are Linux's");
        var script = Path.Combine(Folder, "grouped.sh");
        File.WriteAllText(script, $"#!/bin/sh\necho $$ > {setup.Group}/cgroup.procs\n{ProductProgram.Exec}");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return script;
    }

    // As an operator says it of a new installation, once.
    string[] First(Part part) => setup.Engines is null && !File.Exists(PlatformSetup.StoreFile(Data(part))) ? ["--first"] : [];

    /// <summary>The names of the product's processes, a service's several instances numbered; one empty name where
    /// there is one process.</summary>
    public IReadOnlyList<string> Parts => [.. parts.Select(NameOf)];

    /// <summary>kill -9 of one of the product's processes: it has no say.</summary>
    public Task Kill(string part) => Ended(parts.Single(one => NameOf(one) == part), KillSignal);

    /// <summary>kill -9 of the product, or of one of its processes.</summary>
    /// <param name="sparing">A service that is left alone.</param>
    public async Task Kill(Random chance, string? sparing = null)
    {
        var mortal = parts.Where(part => part.Name != sparing).ToList();
        await Ended(mortal[chance.Next(mortal.Count)], KillSignal);
    }

    /// <summary>kill -9 of all of the product at once.</summary>
    public Task KillAll() => Task.WhenAll(parts.Select(part => Ended(part, KillSignal)));

    /// <summary>All of the product is asked to stop, as an operator does, and does.</summary>
    public Task StopProduct() => Task.WhenAll(parts.Select(part => Ended(part, TermSignal)));

    /// <summary>kill -9 of one that may have ended by itself.</summary>
    public Task KillIfAlive(string part) =>
        parts.Single(one => NameOf(one) == part).Process is { HasExited: false } ? Kill(part) : Task.CompletedTask;

    /// <summary>Whether one of the product's processes ends by itself in that time.</summary>
    public async Task<bool> Ended(string part, TimeSpan patience)
    {
        var ended = parts.Single(one => NameOf(one) == part).Process!.WaitForExitAsync();
        return await Task.WhenAny(ended, Task.Delay(patience)) == ended;
    }

    /// <summary>One instance of a service stands still, in the middle of whatever it does, and goes on.</summary>
    public async Task Pause(string service, TimeSpan time, int number = 1)
    {
        var paused = parts.Single(part => part.Name == service && part.Number == number).Process!;
        Signal(paused.Id, StopSignal);
        await Task.Delay(time);
        Signal(paused.Id, ContinueSignal);
    }

    /// <summary>iTop is gone: nobody listens at its address.</summary>
    public async Task StopItop()
    {
        simulators[ItopName].Kill();
        await simulators[ItopName].WaitForExitAsync();
    }

    /// <summary>Starts the simulators that have ended, on their data, by the clock as it is set now; waits until they
    /// answer.</summary>
    public async Task StartSimulators()
    {
        await StartSchools();
        await StartItop();
    }

    /// <summary>iTop is back, and answers.</summary>
    public async Task StartItop()
    {
        Simulate(
            ItopName,
            [
                "itop",
                "--urls",
                $"{Itop}",
                "--data",
                Path.Combine(Folder, "itop"),
                "--seed",
                SchoolFiles.Seed(Folder),
                "--latency",
                $"{setup.Latency}",
            ]
        );
        await Ready(new Uri(Itop, "webservices/status.php"));
    }

    /// <summary>The schools' tools end and start again, by the clock as it is set now.</summary>
    public async Task RestartSchools()
    {
        foreach (var school in Simulated)
        {
            simulators[school.Slug].Kill();
            await simulators[school.Slug].WaitForExitAsync();
        }
        await StartSchools();
    }

    IReadOnlyList<SchoolTool> Simulated => setup.SchoolAt is null ? Schools : [];

    async Task StartSchools()
    {
        foreach (var school in Simulated)
            Simulate(
                school.Slug,
                [
                    "school",
                    "--urls",
                    $"{school.Url}",
                    "--data",
                    school.Folder,
                    "--school",
                    school.Slug,
                    "--name",
                    school.Name,
                    "--to",
                    $"{Product}",
                    "--secret",
                    school.Secret,
                ]
            );
        foreach (var school in Simulated)
            await Ready(new Uri(school.Url, "sim/tickets"));
    }

    void Simulate(string name, string[] arguments)
    {
        if (simulators.GetValueOrDefault(name) is { HasExited: false })
            return;
        string[] clock = Offset == TimeSpan.Zero ? [] : ["--clock-offset", $"{Offset}"];
        simulators[name] = Run(Path.Combine(Bin, "GroupTicketing.Simulators.dll"), [], [.. arguments, .. clock]);
    }

    /// <summary>A command of the product's, with its settings.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> Command(params string[] arguments)
    {
        var part = parts[^1];
        var start = ProductProgram.With([.. arguments, "--data", Data(part), "--directory", Path.Combine(Folder, "directory")]);
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in SettingsOf(part))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? said.Trim()
            : throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}");
    }

    internal static Process Run(string program, Dictionary<string, string> settings, params string[] arguments) =>
        Run(program, settings, _ => { }, arguments);

    static Process Run(string program, Dictionary<string, string> settings, Action<string> logged, string[] arguments)
    {
        var start = ProductProgram.Run(program, arguments);
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => logged(line.Data ?? "");
        process.BeginOutputReadLine();
        return process;
    }

    Task Ready(Uri url) => Ready(Http, url);

    /// <summary>Waits until it answers 2xx.</summary>
    /// <param name="between">What is done each time it does not yet.</param>
    internal static async Task Ready(HttpClient http, Uri url, Action? between = null)
    {
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            try
            {
                using var answer = await http.GetAsync(url);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            between?.Invoke();
            await Task.Delay(50);
        }
        throw new TimeoutException($"{url} was not ready within {Patience.TotalSeconds:0} s");
    }

    static string NameOf(Part part) => part.Number == 1 ? part.Name : $"{part.Name}-{part.Number}";

    static async Task Ended(Part part, int signal)
    {
        Signal(part.Process!.Id, signal);
        await part.Process.WaitForExitAsync();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
