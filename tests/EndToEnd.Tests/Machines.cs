using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using GroupTicketing.Directory;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>The product, a simulated iTop and a simulated school, each a process of its own on free ports, with their data in a folder that goes with the test.</summary>
public sealed partial class Machines : IAsyncDisposable
{
    const int KillSignal = 9;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly List<Process> others = [];
    readonly string secret;
    Process? product;

    Machines(string folder, string secret) => (Folder, this.secret) = (folder, secret);

    public string Folder { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromSeconds(100) };

    public Uri Product { get; } = FreePort();

    public Uri Itop { get; } = FreePort();

    public Uri School { get; } = FreePort();

    public int ProductId => product!.Id;

    /// <summary>How long the product's last start took until it was ready.</summary>
    public TimeSpan ProductStart { get; private set; }

    public string StoreFile => Platform.House.StoreFile(Path.Combine(Folder, "product"));

    static string Bin => AppContext.BaseDirectory;

    // As it was built beside the tests, or as it was published elsewhere.
    static string Program => Path.Combine(Environment.GetEnvironmentVariable("GROUPTICKETING_TESTS_PROGRAM") ?? Bin, "GroupTicketing.dll");

    /// <summary>Starts everything, from the demo's directory with its callbacks turned to this school.</summary>
    public static async Task<Machines> Start(int latency = 20)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("groupticketing-").FullName;
        var demo = Path.Combine(Bin, "deploy", "demo");
        var school = DirectoryLoader.Load(demo, ["generic", "rt5"]).Schools.Single(one => one.Slug == "toulouse");
        var secret = Secrets.Resolve(school, demo).Secrets.Webhook[0];
        var machines = new Machines(folder, secret);
        machines.CopyDirectory(demo);
        machines.others.Add(Run(Path.Combine(Bin, "GroupTicketing.Simulators.dll"), [], "itop", "--urls", $"{machines.Itop}", "--data", Path.Combine(folder, "itop"), "--seed", Path.Combine(demo, "itop-seed.json"), "--latency", $"{latency}"));
        machines.others.Add(Run(
            Path.Combine(Bin, "GroupTicketing.Simulators.dll"), [], "school", "--urls", $"{machines.School}", "--data", Path.Combine(folder, "school"), "--school", "toulouse", "--name", "INSA Toulouse", "--to", $"{machines.Product}", "--secret", secret));
        await machines.Ready(new Uri(machines.Itop, "webservices/status.php"));
        await machines.Ready(new Uri(machines.School, "sim/tickets"));
        await machines.StartProduct();
        return machines;
    }

    public async Task StartProduct()
    {
        var settings = new Dictionary<string, string>
        {
            ["GROUPTICKETING__Itop__Url"] = $"{Itop}",
            ["GROUPTICKETING__Itop__User"] = "connecteur",
            ["GROUPTICKETING__Itop__Password"] = "demo-connecteur",
            ["GROUPTICKETING__Itop__PollEvery"] = "00:00:01",
        };
        var started = Stopwatch.GetTimestamp();
        product = Run(Program, settings, "run", "--data", Path.Combine(Folder, "product"), "--directory", Path.Combine(Folder, "directory"), "--urls", $"{Product}".TrimEnd('/'));
        await Ready(new Uri(Product, "readyz"));
        ProductStart = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>kill -9: the process has no say.</summary>
    public async Task Kill()
    {
        Signal(product!.Id, KillSignal);
        await product.WaitForExitAsync();
    }

    public async Task Faults(Uri simulator, object faults) => (await Http.PostAsync(new Uri(simulator, "sim/faults"), Body.Of(faults))).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in others.Append(product!).Where(process => !process.HasExited))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        Http.Dispose();
        System.IO.Directory.Delete(Folder, recursive: true);
    }

    static Process Run(string program, Dictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    void CopyDirectory(string demo)
    {
        var copy = System.IO.Directory.CreateDirectory(Path.Combine(Folder, "directory", "schools")).Parent!.FullName;
        foreach (var file in new[] { "catalogue.yaml", "calendar.yaml" })
            File.Copy(Path.Combine(demo, file), Path.Combine(copy, file));
        var school = File.ReadAllText(Path.Combine(demo, "schools", "toulouse.yaml")).Replace("http://127.0.0.1:5082/", $"{School}");
        File.WriteAllText(Path.Combine(copy, "schools", "toulouse.yaml"), school);
    }

    async Task Ready(Uri url)
    {
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            try
            {
                if ((await Http.GetAsync(url)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(50);
        }
        throw new TimeoutException($"{url} was not ready within {Patience.TotalSeconds:0} s");
    }

    static Uri FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
