using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace GroupTicketing.Gateway;

/// <summary>The public edge: routes to services that live elsewhere. A service opened in this process is served here
/// and needs no route.</summary>
/// <param name="elsewhere">The address of each service that lives elsewhere, by name.</param>
/// <param name="here">The services opened in this process.</param>
/// <param name="badKeysPerMinute">How many refused keys of one address are heard.</param>
public sealed class GatewayModule(
    IReadOnlyDictionary<string, Uri> elsewhere,
    IReadOnlyCollection<string> here,
    int badKeysPerMinute
) : IModule
{
    /// <summary>What the public may ask of each service.</summary>
    public static readonly IReadOnlyList<(string Service, string[] Methods, string Path)> Paths =
    [
        ("intake", [HttpMethods.Post], BadKeys.Events),
        ("intake", [HttpMethods.Get], "/v1/schools/{school}/put-aside"),
        ("notification", [HttpMethods.Get], "/v1/schools/{school}/files/{**rest}"),
        ("routing", [HttpMethods.Get], "/v1/triage"),
        ("routing", [HttpMethods.Get], "/v1/waiting"),
        ("routing", [HttpMethods.Get], "/v1/links/stopped"),
        ("portal", [HttpMethods.Get, HttpMethods.Post], "/{**rest}"),
    ];

    // The intake takes 36 MiB and reads on up to this, so that whoever sends more hears why it is refused. To the
    // others goes what the server takes.
    const long MostOfIntake = 2 * 36 * 1024 * 1024;

    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "gateway";

    /// <summary>The services it can neither serve nor reach. Whether one that it can reach is up is that one's own
    /// <c>/readyz</c>: a dead console must not close the door to schools.</summary>
    public string? Missing =>
        Paths.Select(path => path.Service).Distinct().Where(name => !here.Contains(name) && !elsewhere.ContainsKey(name)).ToList()
            is { Count: > 0 } unknown
            ? $"no address of {string.Join(", ", unknown)}"
            : null;

    /// <inheritdoc/>
    public void Services(IServiceCollection services)
    {
        var routes = Paths
            .Where(path => !here.Contains(path.Service) && elsewhere.ContainsKey(path.Service))
            .Select(
                (path, index) =>
                    new RouteConfig
                    {
                        RouteId = $"{path.Service}-{index}",
                        ClusterId = path.Service,
                        Order = index,
                        Match = new RouteMatch { Path = path.Path, Methods = path.Methods },
                        MaxRequestBodySize = path.Service == "intake" ? MostOfIntake : null,
                    }.WithTransformUseOriginalHostHeader()
            );
        var clusters = elsewhere.Select(service => new ClusterConfig
        {
            ClusterId = service.Key,
            Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = service.Value.ToString() } },
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = Deadline },
        });
        services.AddReverseProxy().LoadFromMemory([.. routes], [.. clusters]);
    }

    /// <inheritdoc/>
    public void Before(IApplicationBuilder app) => app.Use(new BadKeys(badKeysPerMinute, TimeProvider.System).Pass);

    /// <inheritdoc/>
    public void Endpoints(IEndpointRouteBuilder routes)
    {
        ShowReference.Map(routes);
        // One destination each: nothing to balance, nothing to stick to.
        routes.MapReverseProxy(_ => { });
    }
}
