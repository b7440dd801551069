using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using GroupTicketing.Directory;
using GroupTicketing.Platform;
using Microsoft.Data.Sqlite;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>
/// The product, a simulated iTop and a simulated school, each a process of its own on free ports, with their data in a folder that goes with the test. The product is one
/// process on the embedded engines or, where <see cref="Engines"/> are named, one or several per service behind the gateway.
/// </summary>
public sealed partial class Machines : IAsyncDisposable
{
    const int KillSignal = 9;
    const int ContinueSignal = 18;
    const int StopSignal = 19;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly List<Process> others = [];
    readonly List<Part> parts;
    readonly List<Balancer> balancers = [];
    readonly Engines? engines = Engines.OfThisRun();
    readonly TimeSpan pollEvery;

    Machines(string folder, int instances, TimeSpan pollEvery)
    {
        Folder = folder;
        this.pollEvery = pollEvery;
        parts = engines is null ? [new Part("", Product)] : [.. Part.Apart(Product, instances)];
    }

    public string Folder { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromSeconds(100) };

    public Uri Product { get; } = Ports.FreeAddress();

    public Uri Itop { get; } = Ports.FreeAddress();

    public Uri School { get; } = Ports.FreeAddress();

    /// <summary>The product's processes.</summary>
    public IEnumerable<int> ProductIds => parts.Select(part => part.Process!.Id);

    /// <summary>How long the product's last start took until it was ready.</summary>
    public TimeSpan ProductStart { get; private set; }

    static string Bin => AppContext.BaseDirectory;

    /// <summary>The demo's directory, beside the tests.</summary>
    internal static string Demo => Path.Combine(Bin, "deploy", "demo");

    /// <summary>The secret of the demo's INSA Toulouse: what is signed with it is the school's word.</summary>
    internal static string Secret { get; } = Secrets.Resolve(DirectoryLoader.Load(Demo, ["generic", "rt5"]).Schools.Single(school => school.Slug == "toulouse"), Demo).Secrets.Webhook[0];

    // As it was built beside the tests, or as it was published elsewhere.
    static string Program => Path.Combine(Environment.GetEnvironmentVariable("GROUPTICKETING_TESTS_PROGRAM") ?? Bin, "GroupTicketing.dll");

    /// <summary>Starts everything, from the demo's directory with its callbacks turned to this school.</summary>
    /// <param name="latency">iTop's, in milliseconds.</param>
    /// <param name="from">A folder with the data of all three to begin with.</param>
    /// <param name="instances">How many of each service, the gateway apart.</param>
    /// <param name="withProduct">Whether the product is started, too; or the test does that.</param>
    /// <param name="pollEvery">How often iTop is asked for changes; default every second, so that tests are short.</param>
    public static async Task<Machines> Start(int latency = 20, string? from = null, int instances = 1, bool withProduct = true, TimeSpan? pollEvery = null)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("groupticketing-").FullName;
        if (from is not null)
            Folders.Copy(from, folder);
        var machines = new Machines(folder, instances, pollEvery ?? TimeSpan.FromSeconds(1));
        if (machines.engines is { } engines)
            await engines.Prepare(machines.Http, folder);
        machines.CopyDirectory();
        machines.others.Add(Run(Path.Combine(Bin, "GroupTicketing.Simulators.dll"), [], "itop", "--urls", $"{machines.Itop}", "--data", Path.Combine(folder, "itop"), "--seed", Path.Combine(Demo, "itop-seed.json"), "--latency", $"{latency}"));
        machines.others.Add(Run(
            Path.Combine(Bin, "GroupTicketing.Simulators.dll"), [], "school", "--urls", $"{machines.School}", "--data", Path.Combine(folder, "school"), "--school", "toulouse", "--name", "INSA Toulouse", "--to", $"{machines.Product}", "--secret", Secret));
        await machines.Ready(new Uri(machines.Itop, "webservices/status.php"));
        await machines.Ready(new Uri(machines.School, "sim/tickets"));
        foreach (var service in machines.parts.GroupBy(part => part.Name).Where(service => service.Count() > 1))
            machines.balancers.Add(await Balancer.Start(service.Key, [.. service.Select(part => part.Url)]));
        if (withProduct)
            await machines.StartProduct();
        return machines;
    }

    /// <summary>Starts what is not running of the product, and waits until it is ready.</summary>
    /// <param name="sparing">A service that is not waited for.</param>
    public async Task StartProduct(string? sparing = null)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var part in parts.Where(part => part.Process is not { HasExited: false }))
            part.Process = Run(Program, SettingsOf(part), ["run", .. part.Arguments, "--data", Data(part), "--directory", Path.Combine(Folder, "directory"), "--urls", $"{part.Url}".TrimEnd('/')]);
        foreach (var part in parts.Where(part => part.Name != sparing))
            await Ready(new Uri(part.Url, "readyz"));
        ProductStart = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>kill -9 of the product, or of one of its processes: it has no say.</summary>
    /// <param name="sparing">A service that is left alone.</param>
    public async Task Kill(Random chance, string? sparing = null)
    {
        var mortal = parts.Where(part => part.Name != sparing).ToList();
        var killed = mortal[chance.Next(mortal.Count)].Process!;
        Signal(killed.Id, KillSignal);
        await killed.WaitForExitAsync();
    }

    /// <summary>kill -9 of every process of the product.</summary>
    public async Task KillAll()
    {
        foreach (var process in parts.Select(part => part.Process!))
        {
            Signal(process.Id, KillSignal);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>One instance of a service stands still, in the middle of whatever it does, and goes on.</summary>
    public async Task Pause(string service, TimeSpan time, int number = 1)
    {
        var paused = parts.Single(part => part.Name == service && part.Number == number).Process!;
        Signal(paused.Id, StopSignal);
        await Task.Delay(time);
        Signal(paused.Id, ContinueSignal);
    }

    /// <summary>How many lanes owe something now, reminders apart.</summary>
    public Task<int> Owed() => engines is null ? Task.FromResult((int)InFile($"SELECT COUNT(*) FROM owed WHERE target <> '{Debts.Clock}'")) : engines.Owed(Folder);

    /// <summary>The embedded store's file.</summary>
    public string StoreFile => House.StoreFile(Data(parts[0]));

    /// <summary>What the embedded store takes on disk; null where there is none.</summary>
    public long? StoredBytes => engines is null ? new DirectoryInfo(Data(parts[0])).EnumerateFiles($"{House.StoreName}*").Sum(file => file.Length) : null;

    /// <summary>How many messages are on their way between the product's processes; none where there is one.</summary>
    public Task<int> Held() => engines is null ? Task.FromResult(0) : engines.Held(Http, Folder);

    /// <summary>How long nothing must be owed or held before that is believed: the broker's numbers are up to five seconds old.</summary>
    public TimeSpan Quiet => engines is null ? TimeSpan.Zero : TimeSpan.FromSeconds(7);

    /// <summary>How often documents were written in the embedded store; null where there is none.</summary>
    public long? Writes() => engines is null ? InFile("SELECT COALESCE(SUM(version), 0) FROM documents") : null;

    // Beside the running process: only read.
    long InFile(string question)
    {
        using var store = new SqliteConnection($"Data Source={StoreFile};Mode=ReadOnly;Pooling=False");
        store.Open();
        using var command = store.CreateCommand();
        command.CommandText = question;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>What the product in one process is told of the others.</summary>
    public IReadOnlyDictionary<string, string> ProductSettings => SettingsOf(parts[0]);

    string Data(Part part) => Path.Combine(Folder, "product", part.Number == 1 ? part.Name : $"{part.Name}-{part.Number}");

    Dictionary<string, string> SettingsOf(Part part)
    {
        var settings = new Dictionary<string, string>
        {
            ["GROUPTICKETING__PublicUrl"] = $"{Product}",
            ["GROUPTICKETING__Itop__Url"] = $"{Itop}",
            ["GROUPTICKETING__Itop__User"] = "connecteur",
            ["GROUPTICKETING__Itop__Password"] = "demo-connecteur",
            ["GROUPTICKETING__Itop__PollEvery"] = $"{pollEvery:c}",
        };
        engines?.Settings(settings, Folder);
        foreach (var other in parts.Where(other => part.Name == "gateway" && other.Name != part.Name))
            settings[$"GROUPTICKETING__Services__{other.Name}"] = $"{balancers.Find(balancer => balancer.Service == other.Name)?.Url ?? other.Url}";
        return settings;
    }

    public async Task Faults(Uri simulator, object faults) => (await Http.PostAsync(new Uri(simulator, "sim/faults"), Body.Of(faults))).EnsureSuccessStatusCode();

    /// <summary>What an intervenant does in iTop.</summary>
    public async Task<JsonNode> InItop(JsonObject operation)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["version"] = "1.3", ["auth_user"] = "intervenant", ["auth_pwd"] = "demo-intervenant", ["json_data"] = operation.ToJsonString(),
        });
        using var answer = await Http.PostAsync(new Uri(Itop, "webservices/rest.php"), form);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in others.Concat(parts.Select(part => part.Process)).OfType<Process>().Where(process => !process.HasExited))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        foreach (var balancer in balancers)
            await balancer.DisposeAsync();
        Http.Dispose();
        System.IO.Directory.Delete(Folder, recursive: true);
    }

    internal static Process Run(string program, Dictionary<string, string> settings, params string[] arguments)
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

    void CopyDirectory()
    {
        var copy = System.IO.Directory.CreateDirectory(Path.Combine(Folder, "directory", "schools")).Parent!.FullName;
        foreach (var file in new[] { "catalogue.yaml", "calendar.yaml" })
            File.Copy(Path.Combine(Demo, file), Path.Combine(copy, file));
        var school = File.ReadAllText(Path.Combine(Demo, "schools", "toulouse.yaml")).Replace("http://127.0.0.1:5082/", $"{School}");
        File.WriteAllText(Path.Combine(copy, "schools", "toulouse.yaml"), school);
    }

    Task Ready(Uri url) => Ready(Http, url);

    /// <summary>Waits until it answers 2xx.</summary>
    internal static async Task Ready(HttpClient http, Uri url)
    {
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            try
            {
                if ((await http.GetAsync(url)).IsSuccessStatusCode)
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

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
