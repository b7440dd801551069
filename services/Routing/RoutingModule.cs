using GroupTicketing.Platform;
using GroupTicketing.Registry;
using GroupTicketing.Routing.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Routing;

/// <summary>The link: decides for both directions.</summary>
public sealed class RoutingModule : IModule
{
    /// <inheritdoc/>
    public string Name => "routing";

    /// <inheritdoc/>
    public IReadOnlyList<Type> OwnMessages => [typeof(SilencePassed), typeof(GroupWaited)];

    /// <inheritdoc/>
    public void Services(IServiceCollection services)
    {
        services.AddSingleton(all => new WhoIsWho(
            all.GetRequiredService<Catalogue>(),
            all.GetRequiredService<IReadOnlyList<School>>().ToDictionary(school => school.Slug),
            all.GetRequiredService<Calendar>()));
        services.AddHostedService<TriageGauges>();
        services.AddDecider(Name, all => new LinkDecider(all.GetRequiredService<WhoIsWho>()));
    }

    /// <inheritdoc/>
    public void Endpoints(IEndpointRouteBuilder routes)
    {
        ListTriage.Map(routes);
        ListWaiting.Map(routes);
        ListStopped.Map(routes);
    }
}
