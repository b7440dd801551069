using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>What every process does the same way: store, bus, dispatcher, keys, files.</summary>
public static class PlatformSetup
{
    /// <summary>The name of the embedded store's file.</summary>
    public const string StoreName = "groupticketing.db";

    /// <summary>The embedded store's file in a data folder.</summary>
    public static string StoreFile(string data) => Path.Combine(data, StoreName);

    /// <summary>The embedded files' folder in a data folder.</summary>
    public static string FilesFolder(string data) => Path.Combine(data, "files");

    /// <summary>What bounds the bodies of requests of a process that takes them.</summary>
    public static IncomingBodies IncomingBodies(PlatformOptions options) =>
        new(Path.Combine(options.Data, "incoming"), options.Incoming);

    /// <summary>Builds the house around the services already added.</summary>
    /// <param name="messages">What the mechanism must know of the product's messages.</param>
    /// <param name="subscriptions">Which service hears which message, in which queue; of all services, wherever they
    /// are open.</param>
    public static IServiceCollection AddPlatform(
        this IServiceCollection services,
        PlatformOptions options,
        IMessages messages,
        IReadOnlyList<Subscription> subscriptions
    )
    {
        services.AddStore(options);
        services.AddSingleton(messages);
        services.AddSingleton(options.ClockOffset == TimeSpan.Zero ? TimeProvider.System : new OffsetClock(options.ClockOffset));
        services.AddSingleton(new SchoolAddresses(options.Outside));
        services.AddSingleton<WakeSignal>();
        services.AddSingleton<Keys>();
        services.AddSingleton<BusDispatcher>();
        services.AddSingleton<Reconciliation>();
        services.AddSingleton<Findings>();
        services.AddSingleton<Leadership>();
        services.AddHostedService(all => all.GetRequiredService<Leadership>());
        services.AddSingleton<IAdapter>(all => all.GetRequiredService<BusDispatcher>());
        services.AddSingleton<IAdapter, ClockAdapter>();
        services.AddSingleton<DispatchLane>();
        services.AddSingleton<Targets>();
        services.AddHostedService<Dispatcher>();
        services.AddHostedService<Cleaner>();
        services.AddHostedService<FilesCleaner>();
        services.AddSingleton(options);
        services.AddSingleton<Gauges>();
        services.AddHostedService(all => all.GetRequiredService<Gauges>());
        var open = services
            .Where(service => service.ServiceType == typeof(OpenDecider))
            .Select(service => (OpenDecider)service.ImplementationInstance!)
            .ToDictionary(decider => decider.Name, decider => decider.Documents);
        // A speaker is asked again, and told what a person wants, in queues of its own.
        IReadOnlyList<Subscription> all = [.. subscriptions, .. messages.Services.SelectMany(OfEveryService)];
        return options.Bus is { } bus
            ? services.AddSingleton(new Waves()).AddRabbit(bus, all, open)
            : services.AddSingleton(provider => new Waves(subscriptions, provider.GetServices<IDocuments>))
                .AddSingleton<IBus>(provider => ActivatorUtilities.CreateInstance<InProcessBus>(provider, all));
    }

    /// <summary>The store, opened.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be.</exception>
    public static IStore Store(PlatformOptions options) =>
        options.Store is { } url ? new MongoStore(url) : new SqliteStore(StoreFile(options.Data));

    /// <summary>Takes the store for this process, before anything is opened.</summary>
    /// <param name="first">Whether it was said that this is the first start ever, which makes it; else it must be there.</param>
    /// <returns>What holds the embedded one; null where other processes may have it open, too.</returns>
    /// <exception cref="StoreUnavailableException">Another process holds it, there is none and nobody said that this is
    /// the first start, or there is one and somebody did.</exception>
    public static async Task<DataFolder?> Take(PlatformOptions options, bool first, DateTimeOffset now)
    {
        if (options.Store is not { } url)
            return DataFolder.Take(options.Data, first, now);
        await MongoStore.Begin(url, first);
        return null;
    }

    static void AddStore(this IServiceCollection services, PlatformOptions options)
    {
        services.AddSingleton(_ => Store(options));
        if (options.Store is not null)
            services.AddHostedService<StoreWatch>();
        services.AddSingleton<IFiles>(_ =>
            options.Store is { } url ? new MongoFiles(url) : new FolderFiles(FilesFolder(options.Data))
        );
    }

    static IServiceCollection AddRabbit(
        this IServiceCollection services,
        BusOptions options,
        IReadOnlyList<Subscription> subscriptions,
        IReadOnlyDictionary<string, Type> open
    )
    {
        services.AddSingleton(new RabbitQueues(options, subscriptions));
        services.AddHostedService<RabbitWatch>();
        services.AddSingleton<IBus, RabbitBus>();
        return services.AddMassTransit(bus => Connect(bus, options, subscriptions, open));
    }

    static void Connect(
        IBusRegistrationConfigurator bus,
        BusOptions options,
        IReadOnlyList<Subscription> subscriptions,
        IReadOnlyDictionary<string, Type> open
    )
    {
        // It would report to its maker.
        bus.DisableUsageTelemetry();
        bus.UsingRabbitMq(
            (context, rabbit) =>
            {
                RabbitQueues.Host(rabbit, options);
                foreach (
                    var queue in subscriptions
                        .Where(subscription => open.ContainsKey(subscription.Service))
                        .GroupBy(subscription => (Name: subscription.Queue, subscription.Service))
                )
                {
                    var listener = new RabbitListener(context, open[queue.Key.Service], queue);
                    rabbit.ReceiveEndpoint(queue.Key.Name, endpoint =>
                    {
                        RabbitQueues.Shape(endpoint, queue);
                        endpoint.Handler<JsonObject>(listener.Take);
                    });
                }
            }
        );
    }

    static IEnumerable<Subscription> OfEveryService(string service) =>
        [
            .. new[] { typeof(Missing), typeof(Forgotten), typeof(SayAgain) }.Select(message => new Subscription(
                $"say-again-{service}",
                service,
                message
            )),
            new($"operate-{service}", service, typeof(Operate)),
        ];
}

/// <summary>Where the house keeps and says things.</summary>
/// <param name="Data">The folder of the embedded store and files.</param>
/// <param name="Store">MongoDB's address with the database and the login, e.g.
/// <c>mongodb://user:password@mongo/groupticketing</c>; null for the embedded store.</param>
/// <param name="Bus">RabbitMQ; null for the embedded bus, which reaches only services open in this process.</param>
/// <param name="ClockOffset">How far the wall clock is ahead of the machine's; for drills of long outages only.</param>
public sealed record PlatformOptions(string Data, string? Store = null, BusOptions? Bus = null, TimeSpan ClockOffset = default)
{
    /// <summary>Bytes of requests' bodies that are read or held at once on the data folder's disk; over it senders are
    /// told to come later. Default 256 MiB.</summary>
    public long Incoming { get; init; } = 256L * 1024 * 1024;

    /// <summary>What schools' addresses may be.</summary>
    public OutsideOptions Outside { get; init; } = new();

    /// <summary>Without the store's address: it bears the login.</summary>
    public override string ToString() =>
        $"data {Data}, store {(Store is null ? "embedded" : "MongoDB")}, bus {Bus?.ToString() ?? "embedded"}, "
        + $"clock {ClockOffset}";
}

/// <summary>A wall clock that is wrong by a constant; what is measured between two moments is right.</summary>
sealed class OffsetClock(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}

/// <summary>A service as the house opens it. The list of modules is the product.</summary>
public interface IModule
{
    /// <summary>Its name on the command line and in the listener table.</summary>
    string Name { get; }

    /// <summary>Messages it keeps for itself (posts, reminders, readings): they may wait in its documents.</summary>
    IReadOnlyList<Type> OwnMessages => [];

    /// <summary>What it lacks before it can do its work, for <c>/readyz</c>; null: nothing.</summary>
    string? Missing => null;

    /// <summary>What it is made of.</summary>
    void Services(IServiceCollection services);

    /// <summary>What every call of the process passes before its door.</summary>
    void Before(IApplicationBuilder app)
    {
    }

    /// <summary>Its doors.</summary>
    void Endpoints(IEndpointRouteBuilder routes);
}

/// <summary>That a service is open in this process.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Documents">The type of its documents.</param>
public sealed record OpenDecider(string Name, Type Documents);

/// <summary>Opening services.</summary>
public static class Deciders
{
    /// <summary>Opens a service: its documents are dispatched, swept and heard by the platform.</summary>
    public static IServiceCollection AddDecider<TState>(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, IDecider<TState>> decider
    )
    {
        services.AddSingleton(decider);
        services.AddSingleton<Documents<TState>>();
        services.AddSingleton<IDocuments>(all => all.GetRequiredService<Documents<TState>>());
        services.AddSingleton(new OpenDecider(name, typeof(Documents<TState>)));
        return services;
    }
}

/// <summary>How the operator's own addresses are called, iTop's; a school's are <see cref="SchoolAddresses"/>.</summary>
public static class Outside
{
    /// <summary>A client that follows no redirect, keeps no cookie and has no time limit of its own: the dispatcher's
    /// deadline cancels each call.</summary>
    /// <param name="mostBytes">The largest answer read.</param>
    public static HttpClient Client(long mostBytes)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = mostBytes };
    }
}
