using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Platform;

/// <summary>What every process does the same way: store, bus, payer, keys, files.</summary>
public static class House
{
    /// <summary>The embedded store's file in a data folder.</summary>
    public static string StoreFile(string data) => Path.Combine(data, "groupticketing.db");

    /// <summary>The embedded files' folder in a data folder.</summary>
    public static string FilesFolder(string data) => Path.Combine(data, "files");

    /// <summary>Builds the house around the rooms already added.</summary>
    /// <param name="data">The folder of the store and of the files.</param>
    /// <param name="messages">What the mechanism must know of the product's messages.</param>
    /// <param name="heard">Which room hears which message.</param>
    public static IServiceCollection AddHouse(this IServiceCollection services, string data, IMessages messages, IEnumerable<(string Room, Type Message)> heard)
    {
        services.AddSingleton<IStore>(_ => new SqliteStore(StoreFile(data)));
        services.AddSingleton<IFiles>(new FolderFiles(FilesFolder(data)));
        services.AddSingleton(messages);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Doorbell>();
        services.AddSingleton<Keys>();
        services.AddSingleton<BusPayer>();
        services.AddSingleton<PayerParts>();
        services.AddSingleton<Payer>();
        services.AddHostedService(all => all.GetRequiredService<Payer>());
        services.AddHostedService<Cleaner>();
        services.AddSingleton<Gauges>();
        var open = services.Where(service => service.ServiceType == typeof(OpenRoom)).Select(service => (OpenRoom)service.ImplementationInstance!).ToDictionary(room => room.Name);
        services.AddMediator(bus =>
        {
            bus.AddConsumer<SayAgain>();
            foreach (var (room, message) in heard)
            {
                if (open.TryGetValue(room, out var documents))
                    bus.AddConsumer(typeof(Hear<,>).MakeGenericType(message, documents.Documents));
            }
        });
        services.AddSingleton<IBus, MediatorBus>();
        return services;
    }
}

/// <summary>A service as the house opens it. The list of modules is the product.</summary>
public interface IModule
{
    /// <summary>Its name on the command line and in the listener table.</summary>
    string Name { get; }

    /// <summary>Messages it keeps for itself (posts, reminders, readings): they may wait in its documents.</summary>
    IReadOnlyList<Type> OwnMessages => [];

    /// <summary>What it is made of.</summary>
    void Services(IServiceCollection services);

    /// <summary>Its doors.</summary>
    void Endpoints(IEndpointRouteBuilder routes);
}

/// <summary>That a room is open in this process.</summary>
/// <param name="Name">The room's name.</param>
/// <param name="Documents">The type of its documents.</param>
public sealed record OpenRoom(string Name, Type Documents);

/// <summary>Opening rooms.</summary>
public static class Rooms
{
    /// <summary>Opens a room: its documents are paid, swept and heard by the house.</summary>
    public static IServiceCollection AddRoom<TState>(this IServiceCollection services, string name, Func<IServiceProvider, IRoom<TState>> room)
    {
        services.AddSingleton(room);
        services.AddSingleton<Documents<TState>>();
        services.AddSingleton<IDocuments>(all => all.GetRequiredService<Documents<TState>>());
        services.AddSingleton(new OpenRoom(name, typeof(Documents<TState>)));
        return services;
    }
}

/// <summary>How every service calls the outside.</summary>
public static class Outside
{
    /// <summary>A client that follows no redirect, keeps no cookie and has no time limit of its own: the payer's deadline cancels each call.</summary>
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
