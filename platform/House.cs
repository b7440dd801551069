using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Platform;

/// <summary>What every process does the same way: store, bus, payer, keys, files.</summary>
public static class House
{
    /// <summary>The embedded store's file in a data folder.</summary>
    public static string StoreFile(string data) => Path.Combine(data, "groupticketing.db");

    /// <summary>Builds the house around the rooms already added.</summary>
    /// <param name="data">The folder of the store and of the files.</param>
    /// <param name="messages">What the mechanism must know of the product's messages.</param>
    /// <param name="heard">Which room hears which message.</param>
    public static IServiceCollection AddHouse(this IServiceCollection services, string data, IMessages messages, IEnumerable<(string Room, Type Message)> heard)
    {
        services.AddSingleton<IStore>(_ => new SqliteStore(StoreFile(data)));
        services.AddSingleton(new Files(Path.Combine(data, "files")));
        services.AddSingleton(messages);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Doorbell>();
        services.AddSingleton<Keys>();
        services.AddSingleton<BusPayer>();
        services.AddSingleton<PayerParts>();
        services.AddSingleton<Payer>();
        services.AddHostedService(all => all.GetRequiredService<Payer>());
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
