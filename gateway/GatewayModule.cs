using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace GroupTicketing.Gateway;

/// <summary>The public edge: routes to services that live elsewhere. A service opened in this process is served here and needs no route.</summary>
/// <param name="elsewhere">The address of each service that lives elsewhere, by name.</param>
public sealed class GatewayModule(IReadOnlyDictionary<string, Uri> elsewhere) : IModule
{
    /// <summary>What the public may ask of each service.</summary>
    public static readonly IReadOnlyList<(string Service, string Path)> Paths =
    [
        ("intake", "/v1/schools/{school}/events"),
        ("notification", "/v1/schools/{school}/files/{**rest}"),
        ("routing", "/v1/triage"),
        ("console", "/{**rest}"),
    ];

    // The intake takes 36 MiB and reads on up to this, so that whoever sends more hears why it is refused.
    const long MostBytes = 2 * 36 * 1024 * 1024;

    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "gateway";

    /// <inheritdoc/>
    public void Services(IServiceCollection services)
    {
        var routes = Paths.Where(path => elsewhere.ContainsKey(path.Service)).Select((path, index) => new RouteConfig
        {
            RouteId = $"{path.Service}-{index}",
            ClusterId = path.Service,
            Order = index,
            Match = new RouteMatch { Path = path.Path },
            MaxRequestBodySize = MostBytes,
        }.WithTransformUseOriginalHostHeader());
        var clusters = elsewhere.Select(service => new ClusterConfig
        {
            ClusterId = service.Key,
            Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = service.Value.ToString() } },
            HttpRequest = new Yarp.ReverseProxy.Forwarder.ForwarderRequestConfig { ActivityTimeout = Deadline },
        });
        services.AddReverseProxy().LoadFromMemory([.. routes], [.. clusters]);
    }

    /// <inheritdoc/>
    public void Endpoints(IEndpointRouteBuilder routes) => routes.MapReverseProxy();
}
