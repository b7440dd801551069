using System.Net;

namespace GroupTicketing.Platform.Tests;

/// <summary>The lines of <c>tests/outside.txt</c>.</summary>
static class OutsideForms
{
    public static IReadOnlyList<(string Address, IPAddress[] LookedUp)> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "outside.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' '))
            .Select(parts => (parts[0], parts.Length == 1 ? [] : parts[1].Split(',').Select(IPAddress.Parse).ToArray())),
    ];

    /// <summary>A client that looks a form's name up as the form says, and other names as this machine does.</summary>
    public static HttpClient Client(OutsideOptions options, IPAddress[] lookedUp) =>
        new SchoolAddresses(options, (host, ct) =>
            lookedUp.Length > 0 ? Task.FromResult(lookedUp) : Dns.GetHostAddressesAsync(host, ct)
        ).Client(1024);

    /// <summary>What became of a call: the exception, or null where it was answered. A form that is no address at all
    /// is none's.</summary>
    public static async Task<Exception?> Call(string address, HttpClient http, CancellationToken ct)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url))
            return new UriFormatException(address);
        try
        {
            using var answer = await http.GetAsync(url, ct);
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or AddressRefusedException or NotSupportedException)
        {
            return exception;
        }
    }
}
