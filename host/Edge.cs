using System.Net;
using System.Net.Sockets;
using GroupTicketing.Host.Commands;
using Microsoft.AspNetCore.HttpOverrides;

namespace GroupTicketing.Host;

/// <summary>The settings of the public edge: whom to believe about an address, where the services are, how many bad
/// keys are heard.</summary>
public static class Edge
{
    /// <summary>What is wrong with them is added to <paramref name="errors"/>.</summary>
    /// <param name="services">The services to be opened in this process.</param>
    public static void Check(HostSettings settings, IReadOnlyCollection<string> services, List<string> errors)
    {
        errors.AddRange(Parts(settings.Proxies).Where(part => Network(part) is null)
            .Select(part => CommandTexts.Text("ProxiesUnread", part)));
        errors.AddRange(settings.Urls.Split(';').Where(url => !Listening.IsAddress(url))
            .Select(url => CommandTexts.Text("ListenAddress", nameof(settings.Urls), url)));
        if (settings.Metrics.Url is { } metrics && !Listening.IsAddress(metrics))
            errors.Add(CommandTexts.Text("ListenAddress", "Metrics:Url", metrics));
        // Callbacks bear it: every address of this machine (http://*:5080) is none of it.
        var first = settings.Urls.Split(';')[0];
        var needsOwn =
            services.Contains("notification") && Listening.IsAddress(first) && !Uri.TryCreate(first, UriKind.Absolute, out _);
        if (settings.PublicUrl is { } own ? !IsCalled(own) : needsOwn)
            errors.Add(CommandTexts.Text("PublicAddress"));
        if (!services.Contains("gateway"))
            return;
        if (settings.BadKeysPerMinute is < 1 or > 10_000)
            errors.Add(CommandTexts.Text("BadKeysOutside", settings.BadKeysPerMinute));
        foreach (var (name, address) in settings.Services)
        {
            if (!Modules.Names.Contains(name))
                errors.Add(CommandTexts.Text("ServiceSetUnknown", name, string.Join(", ", Modules.Names)));
            if (!IsCalled(address))
                errors.Add(CommandTexts.Text("ServiceAddress", name));
        }
    }

    /// <summary>The caller's address and scheme are what a known proxy says; of anybody else only what the connection
    /// shows.</summary>
    public static void UseProxies(this IApplicationBuilder app, string proxies)
    {
        // Without a limit: a chain of known proxies is followed to the first that is not known.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Parts(proxies).Select(Network).OfType<System.Net.IPNetwork>())
            options.KnownIPNetworks.Add(network);
        if (options.KnownIPNetworks.Count > 0)
            app.UseForwardedHeaders(options);
    }

    internal static bool IsCalled(Uri? address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    internal static string[] Parts(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Of numbers that are no four .NET makes an address, too: 10 is 0.0.0.10, and 010 is 8.
    internal static System.Net.IPNetwork? Network(string part) =>
        !IPAddress.TryParse(part.Split('/')[0], out var address) || !IsWritten(address, part.Split('/')[0]) ? null
        : !part.Contains('/') ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : System.Net.IPNetwork.TryParse(part, out var network) ? network
        : null;

    static bool IsWritten(IPAddress address, string part) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 || address.ToString() == part;
}
