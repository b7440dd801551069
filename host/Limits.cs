using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GroupTicketing.Host;

/// <summary>How much and how slowly any process lets itself be told, before a door is chosen. What is over is cut by
/// the server: 431, 408, 413.</summary>
static class Limits
{
    const int KiB = 1024;

    // Many times what all schools' tools and browsers keep open, and what they may make the server hold (headers, the
    // piece of a body that nobody has read yet, the piece of an answer that nobody took) stays under half of the 320 MiB
    // a process is given.
    const int MostConnections = 1_000;

    public static void Set(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxConcurrentConnections ??= MostConnections;
        // Of what nobody reads yet; a mebibyte each if it were not said.
        server.Limits.MaxRequestBufferSize = 64 * KiB;
        // The intake takes more for its own door.
        server.Limits.MaxRequestBodySize = KiB * KiB;
        server.Limits.MaxRequestLineSize = 8 * KiB;
        server.Limits.MaxRequestHeadersTotalSize = 32 * KiB;
        server.Limits.MaxRequestHeaderCount = 100;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Longer than a reverse proxy or a gateway keeps an idle connection (60 s): else it would send a post into one
        // that is just being closed.
        server.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        server.Limits.MinRequestBodyDataRate = new MinDataRate(KiB, TimeSpan.FromSeconds(5));
        server.Limits.MinResponseDataRate = new MinDataRate(KiB, TimeSpan.FromSeconds(5));
    }
}
