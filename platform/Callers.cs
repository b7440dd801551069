using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Platform;

/// <summary>Who calls: every service checks keys itself, in this one way. The key comes as <c>Authorization: Bearer gt_…</c>, or its session in the cookie a page set.</summary>
public static class Callers
{
    /// <summary>The cookie of the pages.</summary>
    public const string Cookie = "groupticketing-session";

    const string Item = "groupticketing.holder";

    static readonly ResourceManager words = new("GroupTicketing.Platform.Words", typeof(Callers).Assembly);

    /// <summary>Only with an operator's key.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.Require(holder => holder == Keys.Operator);

    /// <summary>With any live key; <see cref="Holder"/> says whose.</summary>
    public static TBuilder RequireKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.Require(_ => true);

    /// <summary>Whose key the call bore: <see cref="Keys.Operator"/> or a school's slug.</summary>
    public static string Holder(this HttpContext context) => (string)context.Items[Item]!;

    /// <summary>Answers are in the caller's language: English where it is asked for first, else French.</summary>
    public static IApplicationBuilder UseLanguage(this IApplicationBuilder app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        // Not in an async method: what that sets is gone when it returns, and a page is rendered after its door has returned.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(context.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "fr");
        return next(context);
    });

    /// <summary>Whose key the call bears, or null.</summary>
    public static async ValueTask<string?> HolderOf(HttpContext context)
    {
        var keys = context.RequestServices.GetRequiredService<Keys>();
        if (KeyOf(context.Request) is { } key)
            return await keys.HolderOf(key, context.RequestAborted);
        return context.Request.Cookies.TryGetValue(Cookie, out var session) && IsOwnPage(context.Request) ? await keys.HolderOfSession(session, context.RequestAborted) : null;
    }

    /// <summary>Whether a post comes from a page of ours: a browser sends its cookies with another site's, too.</summary>
    public static bool IsOwnPage(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method))
            return true;
        var isSame = request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
        return isSame && (!Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) ? request.Headers.Origin.Count == 0 : origin.Authority == request.Host.Value);
    }

    static TBuilder Require<TBuilder>(this TBuilder endpoint, Func<string, bool> allowed)
        where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(async (call, next) =>
        {
            var holder = await HolderOf(call.HttpContext);
            if (holder is null || !allowed(holder))
                return Refused(call.HttpContext);
            call.HttpContext.Items[Item] = holder;
            return await next(call);
        });

    /// <summary>The one answer to no key, an unknown, a revoked and another's: it tells nothing.</summary>
    public static IResult Refused(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(
            StatusCodes.Status401Unauthorized,
            "key",
            words.GetString("NoKey")!,
            words.GetString("NoKeyMend")!,
            "Authorization");
    }

    static string? KeyOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
