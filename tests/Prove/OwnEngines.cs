using System.Diagnostics;

namespace GroupTicketing.Prove;

/// <summary>A RabbitMQ and a MongoDB of the run's own, in containers on ports of their own: killing them disturbs
/// nobody else. They go with the run.</summary>
public sealed class OwnEngines : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly string bus = $"prove-rabbitmq-{Environment.ProcessId}";
    readonly string store = $"prove-mongo-{Environment.ProcessId}";
    readonly int busPort = Ports.Free();
    readonly int adminPort = Ports.Free();
    readonly int storePort = Ports.Free();
    readonly HttpClient http = new();
    Engines? engines;

    /// <summary>As the machines are told of them.</summary>
    public Engines Engines =>
        engines ??= new(
            new Uri($"amqp://127.0.0.1:{busPort}/"),
            new Uri($"http://127.0.0.1:{adminPort}/"),
            "app",
            "secret",
            $"mongodb://127.0.0.1:{storePort}/"
        );

    /// <summary>Their names, for a proof that stops one.</summary>
    public IReadOnlyList<string> Names => [bus, store];

    /// <summary>RabbitMQ's name.</summary>
    public string Bus => bus;

    /// <summary>MongoDB's name.</summary>
    public string Store => store;

    /// <summary>Starts both and waits until they answer. Their images are there after <c>tests/engines/engines.sh
    /// images</c>.</summary>
    public static async Task<OwnEngines> Start()
    {
        var engines = new OwnEngines();
        await engines.StartBus();
        await Docker("run", "-d", "--name", engines.store, "-p", $"127.0.0.1:{engines.storePort}:27017", "mongo:8");
        await engines.Ready();
        return engines;
    }

    /// <summary>RabbitMQ loses its disk: it is taken away with all it has, and another stands in its place.</summary>
    public async Task EmptyBus()
    {
        await Docker("rm", "-f", "-v", bus);
        await StartBus();
        await Ready();
    }

    Task StartBus() => Docker(
        "run", "-d", "--name", bus, "--hostname", bus, "-p", $"127.0.0.1:{busPort}:5672", "-p", $"127.0.0.1:{adminPort}:15672",
        "-e", "RABBITMQ_DEFAULT_USER=app", "-e", "RABBITMQ_DEFAULT_PASS=secret", "rabbitmq:4-management");

    /// <summary>kill -9, and started again on what it had written.</summary>
    public async Task Kill(string name)
    {
        await Stop(name);
        await Begin(name);
    }

    /// <summary>kill -9.</summary>
    public Task Stop(string name) => Docker("kill", name);

    /// <summary>Started again on what it had written; returns once both engines answer.</summary>
    public async Task Begin(string name)
    {
        await Docker("start", name);
        await Ready();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Docker("rm", "-f", "-v", bus, store);
        http.Dispose();
    }

    async Task Ready()
    {
        var until = DateTime.UtcNow + Patience;
        while (!await Answers())
        {
            if (DateTime.UtcNow > until)
                throw new TimeoutException($"{bus} and {store} did not answer within {Patience.TotalSeconds:0} s: docker logs");
            await Task.Delay(500);
        }
    }

    async Task<bool> Answers()
    {
        try
        {
            await Engines.Alive(http, TimeSpan.FromSeconds(5));
            return true;
        }
        catch (Exception exception)
            when (exception is HttpRequestException or GroupTicketing.Platform.StoreUnavailableException
                or OperationCanceledException)
        {
            return false;
        }
    }

    static async Task Docker(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var wrong = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"docker {arguments[0]}: {(await wrong).Trim()}");
    }
}
