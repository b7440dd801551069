using System.Net;
using System.Net.Sockets;

namespace GroupTicketing.Tests;

/// <summary>Ports for processes that are started later. They lie below those that the kernel gives to calls going out:
/// one of these would be taken by a call before its process listens.</summary>
static class Ports
{
    const int First = 20_000;
    const int Most = 12_000;

    static int last = Random.Shared.Next(Most);

    /// <summary>One on which nobody listens now; another at each call.</summary>
    public static int Free()
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            var port = First + ((Interlocked.Increment(ref last) & int.MaxValue) % Most);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
        throw new InvalidOperationException("no free port");
    }

    /// <summary>The address of one.</summary>
    public static Uri FreeAddress() => new($"http://127.0.0.1:{Free()}/");
}
