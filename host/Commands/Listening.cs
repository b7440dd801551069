using System.Net;
using System.Net.Sockets;

namespace GroupTicketing.Host.Commands;

/// <summary>
/// Whether what is to be listened at can be. Asked before anything is opened: what is pending is done before its
/// server listens, and a product started a second time beside itself must not do any of it.
/// </summary>
static class Listening
{
    /// <summary>Why one of the addresses cannot be listened at, or null.</summary>
    public static string? Fault(HostSettings settings) =>
        settings
            .Urls.Split(';')
            .Append(settings.Metrics.Url)
            .OfType<string>()
            .Select(Fault)
            .FirstOrDefault(fault => fault is not null);

    /// <summary>Whether it is one that the server knows, whoever holds it now.</summary>
    public static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)
                && (address.IsUnixPipe || address.Port <= IPEndPoint.MaxPort);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Why this address cannot be listened at, or null.</summary>
    public static string? Fault(string url)
    {
        if (!IsAddress(url))
            return CommandTexts.Text("NoListenAddress", url);
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.IsUnixPipe)
                return null;
            using var socket = SocketFor(address.Host, out var at);
            socket.Bind(new IPEndPoint(at, address.Port));
            socket.Listen();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode is SocketError.AddressAlreadyInUse
                ? CommandTexts.Text("AddressInUse", url)
                : CommandTexts.Text("CannotListen", url, exception.Message);
        }
    }

    // As the server does: a host that is no number stands for every address of this machine.
    static Socket SocketFor(string host, out IPAddress at)
    {
        at = IPAddress.TryParse(host, out var number) ? number
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (at.Equals(IPAddress.IPv6Any))
            socket.DualMode = true;
        return socket;
    }
}
