using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Platform;

/// <summary>Who calls: every service checks keys itself, in this one way. The key comes as <c>Authorization: Bearer gt_…</c>, or in the cookie a page set.</summary>
public static class Callers
{
    /// <summary>The cookie of the pages.</summary>
    public const string Cookie = "groupticketing-key";

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

    /// <summary>The caller's language: English where it is asked for first, else French.</summary>
    public static CultureInfo Language(HttpRequest request) =>
        CultureInfo.GetCultureInfo(request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "fr");

    /// <summary>Whose key the call bears, or null.</summary>
    public static async ValueTask<string?> HolderOf(HttpContext context)
    {
        var key = KeyOf(context.Request);
        return key is null ? null : await context.RequestServices.GetRequiredService<Keys>().HolderOf(key, context.RequestAborted);
    }

    static TBuilder Require<TBuilder>(this TBuilder endpoint, Func<string, bool> allowed)
        where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(async (call, next) =>
        {
            CultureInfo.CurrentUICulture = Language(call.HttpContext.Request);
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
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return header[Scheme.Length..].Trim();
        return request.Cookies.TryGetValue(Cookie, out var cookie) ? cookie : null;
    }
}
