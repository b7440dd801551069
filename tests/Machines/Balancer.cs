using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace GroupTicketing.Tests;

/// <summary>What stands before several instances of a service, as a service's name does in containers: each call to the
/// next one, whether it lives or not.</summary>
sealed class Balancer : IAsyncDisposable
{
    readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
        }
    );
    WebApplication app = null!;
    int calls;

    public required string Service { get; init; }

    public Uri Url { get; private set; } = null!;

    public static async Task<Balancer> Start(string service, IReadOnlyList<Uri> instances)
    {
        var balancer = new Balancer { Service = service };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        balancer.app = builder.Build();
        var forwarder = balancer.app.Services.GetRequiredService<IHttpForwarder>();
        // What stands still is given up before the sender gives up.
        var patience = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(5) };
        balancer.app.Run(async context =>
        {
            var instance = instances[Interlocked.Increment(ref balancer.calls) % instances.Count];
            await forwarder.SendAsync(context, $"{instance}", balancer.client, patience);
        });
        await balancer.app.StartAsync();
        balancer.Url = new Uri(balancer.app.Urls.First());
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client.Dispose();
    }
}
