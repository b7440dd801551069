using System.Diagnostics;
using System.Text.Json.Nodes;
using GroupTicketing.Platform;
using GroupTicketing.Registry;

namespace GroupTicketing.Tests;

/// <summary>
/// The product, a simulated iTop and simulated schools, each a process of its own on free ports, with their data in a
/// folder that goes with the test. The product is one
/// process on the embedded engines or, where <see cref="Engines"/> are named, one or several per service behind the gateway.
/// </summary>
public sealed partial class Machines : IAsyncDisposable
{
    readonly Setup setup;
    readonly List<Part> parts;
    readonly List<Balancer> balancers = [];
    readonly Dictionary<string, Process> simulators = [];

    Machines(string folder, Setup setup)
    {
        Folder = folder;
        this.setup = setup;
        Schools = [.. setup.Schools.Select(slug => SchoolTool.In(folder, slug, setup.SchoolAt?.Invoke(slug)))];
        parts = setup.Engines is null ? [new Part("", Product)] : [.. Part.Apart(Product, setup.Instances)];
        Settings = new Dictionary<string, string>(setup.Settings);
    }

    public string Folder { get; }

    public HttpClient Http { get; } =
        new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromSeconds(100) };

    public Uri Product { get; } = Ports.FreeAddress();

    public Uri Itop { get; } = Ports.FreeAddress();

    public IReadOnlyList<SchoolTool> Schools { get; }

    /// <summary>The first school's tool.</summary>
    public Uri School => Schools[0].Url;

    /// <summary>The engines it all stands on; null: embedded.</summary>
    public Engines? Engines => setup.Engines;

    /// <summary>The product's processes.</summary>
    public IEnumerable<int> ProductIds => parts.Select(part => part.Process!.Id);

    /// <summary>How long the product's last start took until it was ready.</summary>
    public TimeSpan ProductStart { get; private set; }

    /// <summary>What every process of the product is told besides, from its next start on.</summary>
    public Dictionary<string, string> Settings { get; }

    static string Bin => AppContext.BaseDirectory;

    /// <summary>The demo's directory, beside the tests.</summary>
    internal static string Demo => Path.Combine(Bin, "deploy", "demo");

    /// <summary>The secret of the demo's INSA Toulouse: what is signed with it is the school's word.</summary>
    internal static string Secret { get; } =
        Secrets
            .Resolve(
                RegistryLoader.Load(Demo, ["generic", "rt5"]).Schools.Single(school => school.Slug == SchoolTool.First),
                Demo,
                demo: true
            )
            .Secrets.Webhook[0];

    /// <summary>Starts everything, from the demo's directory with its callbacks turned to these schools.</summary>
    public static async Task<Machines> Start(Setup? wanted = null)
    {
        var setup = wanted ?? new Setup();
        var folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        if (setup.From is not null)
            Folders.Copy(setup.From, folder);
        var machines = new Machines(folder, setup);
        try
        {
            await machines.StartAll();
            return machines;
        }
        catch
        {
            await machines.DisposeAsync();
            throw;
        }
    }

    async Task StartAll()
    {
        if (setup.Engines is { } engines)
            await engines.Prepare(Http, Folder);
        SchoolFiles.Write(Folder, Schools, isKept: setup.From is not null);
        await StartSimulators();
        foreach (var service in parts.GroupBy(part => part.Name).Where(service => service.Count() > 1))
            balancers.Add(await Balancer.Start(service.Key, [.. service.Select(part => part.Url)]));
        if (setup.WithProduct)
            await StartProduct();
    }

    /// <summary>In how many lanes something is pending now, reminders apart.</summary>
    public Task<int> Pending() =>
        setup.Engines is { } engines ? engines.Pending(Folder) : Task.FromResult(EmbeddedFile.Pending(StoreFile));

    /// <summary>What the embedded store takes on disk; null where there is none.</summary>
    public long? StoredBytes =>
        setup.Engines is null
            ? new DirectoryInfo(Data(parts[0])).EnumerateFiles($"{PlatformSetup.StoreName}*").Sum(file => file.Length)
            : null;

    /// <summary>How often documents were written in the embedded store; null where there is none.</summary>
    public long? Writes() => setup.Engines is null ? EmbeddedFile.Writes(StoreFile) : null;

    /// <summary>How many tombstones a service has.</summary>
    public Task<int> Tombstones(string service) =>
        setup.Engines is { } engines
            ? engines.Tombstones(Folder, service)
            : Task.FromResult(EmbeddedFile.Tombstones(StoreFile, service));

    /// <summary>The tickets a service has documents of; embedded only.</summary>
    public IReadOnlyList<string> Tickets(string service) => EmbeddedFile.Tickets(StoreFile, service);

    /// <summary>The tickets whose files are kept; embedded only.</summary>
    public IEnumerable<string> TicketsWithFiles() =>
        new DirectoryInfo(PlatformSetup.FilesFolder(Data(parts[0]))) is { Exists: true } kept
            ? kept.EnumerateDirectories().Select(folder => folder.Name)
            : [];

    /// <summary>How many messages are on their way between the product's processes; none where there is one.</summary>
    public Task<int> Held() => setup.Engines is { } engines ? engines.Held(Http, Folder) : Task.FromResult(0);

    /// <summary>How long nothing must be pending or held before that is believed: the broker's numbers are up to five
    /// seconds old.</summary>
    public TimeSpan Quiet => setup.Engines is null ? TimeSpan.Zero : TimeSpan.FromSeconds(7);

    /// <summary>What the product in one process is told of the others.</summary>
    public IReadOnlyDictionary<string, string> ProductSettings => SettingsOf(parts[0]);

    /// <summary>The embedded store's file.</summary>
    public string StoreFile => PlatformSetup.StoreFile(Data(parts[0]));

    string Data(Part part) =>
        setup.Data ?? Path.Combine(Folder, "product", part.Number == 1 ? part.Name : $"{part.Name}-{part.Number}");

    Dictionary<string, string> SettingsOf(Part part)
    {
        var settings = new Dictionary<string, string>
        {
            ["GROUPTICKETING__PublicUrl"] = $"{Product}",
            ["GROUPTICKETING__InsecureDemo"] = "true",
            ["GROUPTICKETING__Outside__Allow"] = "127.0.0.0/8",
            ["GROUPTICKETING__Outside__Http"] = "true",
            ["GROUPTICKETING__Itop__Url"] = $"{setup.ItopThrough?.Invoke(Itop) ?? Itop}",
            ["GROUPTICKETING__Itop__User"] = "connecteur",
            ["GROUPTICKETING__Itop__Password"] = "demo-connecteur",
            ["GROUPTICKETING__Itop__PollEvery"] = $"{setup.PollEvery:c}",
            ["GROUPTICKETING__Clock__Offset"] = $"{Offset}",
        };
        setup.Engines?.Settings(settings, Folder);
        foreach (var other in parts.Where(other => part.Name == "gateway" && other.Name != part.Name))
            settings[$"GROUPTICKETING__Services__{other.Name}"] =
                $"{balancers.Find(balancer => balancer.Service == other.Name)?.Url ?? other.Url}";
        foreach (var (name, value) in Settings)
            settings[name] = value;
        return settings;
    }

    public async Task Faults(Uri simulator, object faults) =>
        (await Http.PostAsync(new Uri(simulator, "sim/faults"), Body.Of(faults))).EnsureSuccessStatusCode();

    /// <summary>What an intervenant does in iTop.</summary>
    public async Task<JsonNode> InItop(JsonObject operation)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["version"] = "1.3",
                ["auth_user"] = "intervenant",
                ["auth_pwd"] = "demo-intervenant",
                ["json_data"] = operation.ToJsonString(),
            }
        );
        using var answer = await Http.PostAsync(new Uri(Itop, "webservices/rest.php"), form);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (
            var process in simulators
                .Values.Concat(parts.Select(part => part.Process))
                .OfType<Process>()
                .Where(process => !process.HasExited)
        )
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        foreach (var balancer in balancers)
            await balancer.DisposeAsync();
        Http.Dispose();
        if (Environment.GetEnvironmentVariable("GROUPTICKETING_TESTS_KEEP_FOLDER") is null)
            Directory.Delete(Folder, recursive: true);
    }
}
