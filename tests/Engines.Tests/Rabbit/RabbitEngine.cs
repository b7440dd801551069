using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using GroupTicketing.Engines.Tests;
using GroupTicketing.Platform;

[assembly: AssemblyFixture(typeof(RabbitEngine))]

namespace GroupTicketing.Engines.Tests;

/// <summary>One RabbitMQ for the whole run; each test has a virtual host of its own in it.</summary>
public sealed class RabbitEngine : IAsyncLifetime
{
    const int Port = 5672;
    const string User = "tester";
    const string Password = "of-this-run";

    static readonly TimeSpan patience = TimeSpan.FromMinutes(3);

    readonly IContainer container = new ContainerBuilder("rabbitmq:4-management")
        .WithPortBinding(Port, assignRandomHostPort: true)
        .WithEnvironment("RABBITMQ_DEFAULT_USER", User)
        .WithEnvironment("RABBITMQ_DEFAULT_PASS", Password)
        .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Server startup complete"))
        .Build();

    int hosts;

    /// <summary>The engine of this run.</summary>
    public static async Task<RabbitEngine> Running() => (await TestContext.Current.GetFixture<RabbitEngine>()).ShouldNotBeNull();

    /// <summary>A virtual host that nobody has used.</summary>
    public async Task<BusOptions> Fresh()
    {
        var name = $"test{Interlocked.Increment(ref hosts)}";
        await Control("add_vhost", name);
        await Control("set_permissions", "-p", name, User, ".*", ".*", ".*");
        return new BusOptions(
            new Uri($"amqp://{container.Hostname}:{container.GetMappedPublicPort(Port)}/{name}"),
            User,
            Password
        );
    }


    /// <summary>What the deployment says of a queue, for one of a test's, with a lower limit; and what an operator of
    /// the broker says above it.</summary>
    public async Task Limit(BusOptions host, string queue, int messages, int? expires = null)
    {
        var definitions = JsonDocument
            .Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "definitions.json")))
            .RootElement;
        var policy = definitions.GetProperty("policies").EnumerateArray().First();
        var definition = policy
            .GetProperty("definition")
            .GetRawText()
            .Replace($"{policy.GetProperty("name").GetString()}_error", $"{queue}_error", StringComparison.Ordinal);
        var vhost = host.Url.AbsolutePath.Trim('/');
        await Control("set_policy", "-p", vhost, queue, $"^{queue}$", definition, "--apply-to", "quorum_queues");
        var above = expires is { } ms
            ? JsonSerializer.Serialize(new Dictionary<string, int> { ["max-length"] = messages, ["message-ttl"] = ms })
            : JsonSerializer.Serialize(new Dictionary<string, int> { ["max-length"] = messages });
        await Control("set_operator_policy", "-p", vhost, queue, $"^{queue}$", above, "--apply-to", "queues");
    }

    /// <summary>The operator of the broker takes it back.</summary>
    public Task Unlimit(BusOptions host, string queue) =>
        Control("clear_operator_policy", "-p", host.Url.AbsolutePath.Trim('/'), queue);

    public async ValueTask InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(patience);
        await container.StartAsync(deadline.Token);
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();

    async Task Control(params string[] arguments) =>
        (await container.ExecAsync(["rabbitmqctl", .. arguments])).ExitCode.ShouldBe(0);
}
