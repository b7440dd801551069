using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GroupTicketing.Platform;

/// <summary>
/// The one way to an address out of a school's file. It is looked up once, every address it has is checked, and only
/// what was checked is
/// connected to: what a name answers the next time leads nowhere else.
/// </summary>
/// <param name="resolve">Looks a name up.</param>
public sealed class SchoolAddresses(OutsideOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(5);

    /// <summary>As this machine looks names up.</summary>
    public SchoolAddresses(OutsideOptions options)
        : this(options, Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>The language in which a refusal is said. Default English: what a call answers is logged and kept.</summary>
    public CultureInfo Language { get; init; } = Faults.English;

    /// <summary>
    /// A client that calls no address inside, follows no redirect, keeps no cookie and has no time limit of its own:
    /// each call brings one.
    /// </summary>
    /// <param name="mostBytes">The largest answer read.</param>
    public HttpClient Client(long mostBytes)
    {
        var wire = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = ToConnect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
            ConnectCallback = Connect,
        };
        return new HttpClient(new Guarded(this, wire))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = mostBytes,
        };
    }

    /// <summary>Why the address may not be called as far as it says so itself, without a name being looked up; or null.</summary>
    public string? Fault(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(options.Http && address.Scheme == Uri.UriSchemeHttp))
            return Faults.Text(Language, "NoHttps", address.Scheme, address.Host);
        if (options.Own is { } own && (own.IdnHost.TrimEnd('.'), own.Port) == (address.IdnHost.TrimEnd('.'), address.Port))
            return Faults.Text(Language, "OwnAddress", address.Authority);
        // A name may end in a dot, and is the same.
        return IPAddress.TryParse(address.IdnHost.TrimEnd('.'), out var number) ? Fault(address.IdnHost, number) : null;
    }

    /// <summary>The same, with the name looked up.</summary>
    /// <exception cref="SocketException">It cannot be.</exception>
    public async Task<string?> FaultNow(Uri address, CancellationToken ct)
    {
        if (Fault(address) is { } fault)
            return fault;
        var (refused, _) = await LookUp(address.IdnHost, ct);
        return refused;
    }

    // A proxy looks the name up for itself: what can be told beforehand is.
    async ValueTask<string?> FaultBefore(Uri address, CancellationToken ct) =>
        options.Proxy is null ? Fault(address) : await FaultNow(address, ct);

    async Task<(string? Fault, IPAddress[] Addresses)> LookUp(string host, CancellationToken ct)
    {
        var addresses = IPAddress.TryParse(host, out var number) ? [number] : await Resolved(host, ct);
        var fault = addresses.Select(address => Fault(host, address)).FirstOrDefault(fault => fault is not null);
        return (fault, addresses);
    }

    // A name that none can be is as one that is not there.
    async Task<IPAddress[]> Resolved(string host, CancellationToken ct)
    {
        try
        {
            return await resolve(host, ct);
        }
        catch (ArgumentException)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }
    }

    string? Fault(string host, IPAddress address)
    {
        var plain = Inside.Plain(address);
        if (!Inside.Holds(address) || options.Allow.Any(network => network.Contains(plain)))
            return null;
        return host == $"{address}" ? Faults.Text(Language, "Inside", host) : Faults.Text(Language, "NameInside", host, address);
    }

    async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        // The operator's own, which is asked for the school's.
        var isProxy = options.Proxy is { } proxy && proxy.IdnHost == host && proxy.Port == port;
        var (fault, addresses) = isProxy ? (null, await resolve(host, ct)) : await LookUp(host, ct);
        if (fault is not null)
            throw new AddressRefusedException(fault);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Refuses before a connection is looked for, and says what refused one.</summary>
    sealed class Guarded(SchoolAddresses addresses, HttpMessageHandler wire) : DelegatingHandler(wire)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            try
            {
                if (await addresses.FaultBefore(request.RequestUri!, cancellationToken) is { } fault)
                    throw new AddressRefusedException(fault);
                return await base.SendAsync(request, cancellationToken);
            }
            catch (SocketException exception)
            {
                // Asked before a proxy is: to whoever calls, a name that is not found is one wherever it is asked.
                throw new HttpRequestException(HttpRequestError.NameResolutionError, exception.Message, exception);
            }
            catch (HttpRequestException exception) when (exception.InnerException is AddressRefusedException refused)
            {
                throw new AddressRefusedException(refused.Message);
            }
        }
    }
}
