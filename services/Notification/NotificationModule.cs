using GroupTicketing.Notification.Adapters;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Notification;

/// <summary>School side out: each school is told in its own way.</summary>
/// <param name="publicUrl">Our own address for schools.</param>
public sealed class NotificationModule(Uri publicUrl) : IModule
{
    // Of a tool's answer only the beginning is read.
    const long MostBytes = 64 * 1024;

    /// <inheritdoc/>
    public string Name => "notification";

    /// <inheritdoc/>
    public void Services(IServiceCollection services)
    {
        services.AddSingleton(all => new SchoolChannels(
            all.GetRequiredService<IReadOnlyList<School>>().ToDictionary(school => school.Slug),
            all.GetRequiredService<IReadOnlyDictionary<string, SchoolSecrets>>(),
            publicUrl));
        services.AddSingleton<IAdapter>(all => new TellSchool(
            all.GetRequiredService<SchoolChannels>(),
            all.GetRequiredService<SchoolAddresses>().Client(MostBytes),
            all.GetRequiredService<TimeProvider>()));
        services.AddDecider(Name, all => new TellingDecider(all.GetRequiredService<SchoolChannels>().Schools));
    }

    /// <inheritdoc/>
    public void Endpoints(IEndpointRouteBuilder routes) => ServeFile.Map(routes);
}
