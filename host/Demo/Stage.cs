using GroupTicketing.Host.Commands;
using GroupTicketing.Platform;

namespace GroupTicketing.Host.Demo;

/// <summary>Everything the demo plays on: the product in this process, a simulated iTop and two simulated schools
/// beside it.</summary>
sealed class Stage : IAsyncDisposable
{
    public static readonly Uri Product = new("http://127.0.0.1:5080/");
    public static readonly Uri Itop = new("http://127.0.0.1:5090/");
    public static readonly Uri Lyon = new("http://127.0.0.1:5081/");
    public static readonly Uri Toulouse = new("http://127.0.0.1:5082/");

    readonly List<Simulator> simulators = [];
    WebApplication? app;
    DataFolder? held;

    /// <summary>The operator's key of this run.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The demo's catalogue, schools and seed, beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "deploy", "demo");

    public static async Task<Stage> Set(string data, CancellationToken ct)
    {
        var settings = new HostSettings
        {
            Data = Path.Combine(data, "groupticketing"),
            Directory = Folder,
            InsecureDemo = true,
            // Its schools are on this machine.
            Outside = new OutsideSettings { Allow = "127.0.0.0/8", Http = true },
            Urls = Product.ToString(),
            Itop = new ItopSettings
            {
                Url = Itop,
                User = "connecteur",
                Password = Actor.ConnectorPassword(Folder),
                PollEvery = TimeSpan.FromSeconds(1),
            },
        };
        var configuration = Configuration.Read(settings, Modules.Names);
        if (configuration.Errors.Count > 0)
            throw new DemoFailed(string.Join(Environment.NewLine, configuration.Errors));
        var stage = new Stage();
        try
        {
            await stage.StartSimulators(data, configuration, ct);
            stage.held = DataFolder.Take(
                settings.Data,
                first: !DataFolder.HasStore(settings.Data),
                TimeProvider.System.GetUtcNow()
            );
            stage.app = App.Build(configuration, Modules.Open([], settings), builder =>
                builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("GroupTicketing", LogLevel.Warning)
            );
            await stage.app.StartAsync(ct);
            stage.Key = await NewKey(stage.app.Services.GetRequiredService<Keys>(), ct);
            return stage;
        }
        catch (IOException exception)
        {
            await stage.DisposeAsync();
            throw new DemoFailed(CommandTexts.Text("CannotListen", Product, exception.Message));
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async Task Run(CancellationToken ct) => await app!.WaitForShutdownAsync(ct);

    async Task StartSimulators(string data, Configuration configuration, CancellationToken ct)
    {
        simulators.Add(
            await Simulator.Start(
                "itop",
                Itop,
                new Dictionary<string, string>
                {
                    ["data"] = Path.Combine(data, "itop"),
                    ["seed"] = Path.Combine(Folder, "itop-seed.json"),
                    ["latency"] = "50",
                },
                ct
            )
        );
        foreach (var (slug, url) in new[] { ("lyon", Lyon), ("toulouse", Toulouse) })
        {
            var (school, secrets) = (configuration.Schools.Single(school => school.Slug == slug), configuration.Secrets[slug]);
            var options = new Dictionary<string, string>
            {
                ["data"] = Path.Combine(data, slug),
                ["school"] = slug,
                ["name"] = school.Name,
                ["to"] = Product.ToString(),
                ["secret"] = secrets.Webhook[0],
            };
            if (secrets.Rt.Count > 0)
                options["rt-secret"] = secrets.Rt[0];
            simulators.Add(await Simulator.Start("school", url, options, ct));
        }
    }

    /// <summary>A new key each run; those of earlier runs are revoked.</summary>
    static async Task<string> NewKey(Keys keys, CancellationToken ct)
    {
        foreach (var old in (await keys.List(ct)).Where(key => key is { Label: "demo", Revoked: null }))
            await keys.Revoke(old.Id, ct);
        return await keys.New($"{Keys.Operator}:demo", "demo", ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
        held?.Dispose();
        foreach (var simulator in simulators)
            await simulator.DisposeAsync();
    }
}
