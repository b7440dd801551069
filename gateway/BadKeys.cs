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
/// To an address that sent too many refused keys in a minute each further one is answered 429 for the rest of it; a
/// live key is served,
/// whoever shares the address. The schools' events stand apart, both ways: a tool that never sends again is never
/// turned away, and its
/// outdated secret does not count against its school's people.
/// </summary>
/// <param name="most">How many refused keys a minute are heard.</param>
sealed class BadKeys(int most, TimeProvider clock)
{
    /// <summary>Where schools post.</summary>
    public const string Events = "/v1/schools/{school}/events";

    // Those that come while so many are counted share one count.
    const int MostAddresses = 10_000;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    static readonly TemplateMatcher events = new(TemplateParser.Parse(Events), []);
    static readonly ResourceManager texts = new("GroupTicketing.Gateway.Texts", typeof(BadKeys).Assembly);

    // No caller's address.
    static readonly IPAddress rest = IPAddress.Any;

    readonly Dictionary<IPAddress, (long Began, int Count)> refused = [];
    readonly Lock gate = new();
    long forgotten;

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
            await Withhold(context, next, wait);
            return;
        }
        await next(context);
        if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
            Count(caller);
    }

    // Whether a key is live only its service knows, which may live elsewhere.
    static async Task Withhold(HttpContext context, RequestDelegate next, TimeSpan wait)
    {
        var body = context.Response.Body;
        context.Response.Body = new WithheldRefusal(context.Response, body);
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }
        if (context.Response.StatusCode != StatusCodes.Status401Unauthorized)
            return;
        context.Response.Clear();
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var (title, remedy) = (texts.GetString("TooMany")!, texts.GetString("TooManyMend")!);
        await Problem.Result(StatusCodes.Status429TooManyRequests, "too-many-bad-keys", title, remedy).ExecuteAsync(context);
    }

    /// <summary>How long the caller's refused keys are still answered so; null: they are answered as they come.</summary>
    public TimeSpan? Wait(IPAddress caller)
    {
        lock (gate)
        {
            if (!refused.TryGetValue(Counted(caller), out var sent) || sent.Count < most)
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
            if (refused.Count >= MostAddresses)
                Forget();
            var counted = Counted(caller);
            refused[counted] = refused.TryGetValue(counted, out var sent) && clock.GetElapsedTime(sent.Began) < Window
                ? sent with { Count = sent.Count + 1 }
                : (clock.GetTimestamp(), 1);
        }
    }

    IPAddress Counted(IPAddress caller) => refused.Count < MostAddresses || refused.ContainsKey(caller) ? caller : rest;

    // Whose minute is over; looked for once a second at most.
    void Forget()
    {
        if (forgotten != 0 && clock.GetElapsedTime(forgotten) < TimeSpan.FromSeconds(1))
            return;
        forgotten = clock.GetTimestamp();
        foreach (var (address, _) in refused.Where(one => clock.GetElapsedTime(one.Value.Began) >= Window).ToList())
            refused.Remove(address);
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
        request.Path == "/healthz"
        || request.Path == "/readyz"
        || (HttpMethods.IsPost(request.Method) && events.TryMatch(request.Path, []));
}
