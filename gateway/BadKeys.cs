using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Resources;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace GroupTicketing.Gateway;

/// <summary>
/// An address that sent too many refused keys in a minute is answered 429 for the rest of it. The schools' events stand apart, both ways: a tool that never sends
/// again is never turned away, and its outdated secret does not shut its school's people out.
/// </summary>
/// <param name="most">How many refused keys a minute are heard.</param>
sealed class BadKeys(int most, TimeProvider clock)
{
    /// <summary>Where schools post.</summary>
    public const string Events = "/v1/schools/{school}/events";

    // Whoever has more addresses than this is not stopped by a limit for each.
    const int MostAddresses = 10_000;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    static readonly TemplateMatcher events = new(TemplateParser.Parse(Events), []);
    static readonly ResourceManager words = new("GroupTicketing.Gateway.Words", typeof(BadKeys).Assembly);

    readonly Dictionary<IPAddress, (long Began, int Count)> refused = [];
    readonly Lock gate = new();

    /// <summary>The middleware.</summary>
    public async Task Pass(HttpContext context, RequestDelegate next)
    {
        if (IsApart(context.Request))
        {
            await next(context);
            return;
        }
        var caller = Caller(context.Connection.RemoteIpAddress);
        if (Wait(caller) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-bad-keys", words.GetString("TooMany")!, words.GetString("TooManyMend")!).ExecuteAsync(context);
            return;
        }
        await next(context);
        if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
            Count(caller);
    }

    /// <summary>How long the caller is still refused; null: it is heard.</summary>
    public TimeSpan? Wait(IPAddress caller)
    {
        lock (gate)
        {
            if (!refused.TryGetValue(caller, out var sent) || sent.Count < most)
                return null;
            var left = Window - clock.GetElapsedTime(sent.Began);
            return left > TimeSpan.Zero ? left : null;
        }
    }

    /// <summary>One more refused key.</summary>
    public void Count(IPAddress caller)
    {
        lock (gate)
        {
            if (refused.TryGetValue(caller, out var sent) && clock.GetElapsedTime(sent.Began) < Window)
            {
                refused[caller] = sent with { Count = sent.Count + 1 };
                return;
            }
            if (refused.Count >= MostAddresses)
                refused.Clear();
            refused[caller] = (clock.GetTimestamp(), 1);
        }
    }

    /// <summary>Who an address stands for: itself, or its network of IPv6, which has one owner.</summary>
    public static IPAddress Caller(IPAddress? address) => address switch
    {
        null => IPAddress.None,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]),
        _ => address,
    };

    // Health is asked without a key, by whoever starts and stops this process.
    static bool IsApart(HttpRequest request) =>
        request.Path == "/healthz" || request.Path == "/readyz" || (HttpMethods.IsPost(request.Method) && events.TryMatch(request.Path, []));
}
