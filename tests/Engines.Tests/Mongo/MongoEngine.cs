using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using GroupTicketing.Engines.Tests;

[assembly: AssemblyFixture(typeof(MongoEngine))]

namespace GroupTicketing.Engines.Tests;

/// <summary>One MongoDB for the whole run; each test has a database of its own in it.</summary>
public sealed class MongoEngine : IAsyncLifetime
{
    const int Port = 27017;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(3);

    // Not the module made for MongoDB: it waits for mongod's shell, which a stand-in has not.
    readonly IContainer container = new ContainerBuilder("mongo:8")
        .WithPortBinding(Port, assignRandomHostPort: true)
        .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("listening on|Waiting for connections"))
        .Build();

    int databases;

    /// <summary>The engine of this run.</summary>
    public static async Task<MongoEngine> Running() => (await TestContext.Current.GetFixture<MongoEngine>()).ShouldNotBeNull();

    /// <summary>The address of a database that nobody has used.</summary>
    public string Fresh() => Address($"test{Interlocked.Increment(ref databases)}");

    /// <summary>It keeps its connections and answers nothing until what is returned is disposed of.</summary>
    public async Task<IAsyncDisposable> Silence()
    {
        await container.PauseAsync();
        return new Silent(container);
    }

    public async ValueTask InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(patience);
        await container.StartAsync(deadline.Token);
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();

    string Address(string database) =>
        $"mongodb://{container.Hostname}:{container.GetMappedPublicPort(Port)}/{database}?directConnection=true";

    sealed class Silent(IContainer container) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await container.UnpauseAsync();
    }
}
