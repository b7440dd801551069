using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GroupTicketing.Platform;

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
