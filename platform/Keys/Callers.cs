using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Platform;

/// <summary>Who calls: every service checks keys itself, in this one way. The key comes as <c>Authorization: Bearer
/// gt_…</c>, or its session in the cookie a page set.</summary>
public static partial class Callers
{
    /// <summary>The cookie of the pages.</summary>
    public const string Cookie = "groupticketing-session";

    static readonly ResourceManager texts = new("GroupTicketing.Platform.Texts", typeof(Callers).Assembly);

    /// <summary>Answers are in the caller's language: English where it is asked for first, else French.</summary>
    public static IApplicationBuilder UseLanguage(this IApplicationBuilder app) =>
        app.Use(
            (HttpContext context, RequestDelegate next) =>
            {
                // Not in an async method: what that sets is gone when it returns, and a page is rendered after its door has
                // returned.
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(
                    context.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase)
                        ? "en"
                        : "fr"
                );
                return next(context);
            }
        );

    /// <summary>Who calls, by the key or the session; or null.</summary>
    public static async ValueTask<Caller?> CallerOf(HttpContext context)
    {
        if (KeyOf(context.Request) is { } key)
            return await CallerBy(context, key);
        if (!context.Request.Cookies.TryGetValue(Cookie, out var session) || !IsOwnPage(context.Request))
            return null;
        return await context.RequestServices.GetRequiredService<Keys>().CallerOfSession(session, context.RequestAborted);
    }

    /// <summary>Whose key this is, or null, which is logged by the key's id.</summary>
    public static async ValueTask<Caller?> CallerBy(HttpContext context, string key)
    {
        var caller = await context.RequestServices.GetRequiredService<Keys>().CallerOf(key, context.RequestAborted);
        if (caller is null && key.Length > 0)
            Log.Refused(LoggerOf(context), Keys.IdOfKey(key), context.Request.Method, PathOf(context));
        return caller;
    }

    /// <summary>To be said of each act of a person that does not pass <see cref="NeededKeys.RequireOperator"/>: who did it is
    /// logged.</summary>
    public static void Acts(HttpContext context, Caller caller) =>
        Log.Acted(LoggerOf(context), caller.Holder, caller.KeyId, context.Request.Method, PathOf(context));

    /// <summary>Whether a post comes from a page of ours: a browser sends its cookies with another site's, too.</summary>
    public static bool IsOwnPage(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method))
            return true;
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return false;
        if (!Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin))
            return request.Headers.Origin.Count == 0;
        if (origin.Authority != request.Host.Value)
            return false;
        // What stands before us says X-Forwarded-Proto; unheard, every post of a page would be another site's.
        if (origin.Scheme != request.Scheme)
            Log.OtherScheme(LoggerOf(request.HttpContext), origin.Scheme, request.Scheme);
        return origin.Scheme == request.Scheme;
    }

    /// <summary>The one answer to no key, an unknown and a revoked one: it tells nothing.</summary>
    public static IResult Refused(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Result(
            StatusCodes.Status401Unauthorized,
            "key",
            texts.GetString("NoKey")!,
            texts.GetString("NoKeyMend")!,
            "Authorization");
    }

    /// <summary>A live key, but not for this: whoever holds it is told so.</summary>
    public static IResult NotAllowed(HttpContext context, Caller caller)
    {
        Log.NotAllowed(LoggerOf(context), caller.Holder, caller.KeyId, context.Request.Method, PathOf(context));
        return Problem.Result(
            StatusCodes.Status403Forbidden,
            "not-allowed",
            texts.GetString("NotAllowed")!,
            texts.GetString("NotAllowedMend")!,
            "Authorization");
    }

    /// <summary>The key that a request bears, whatever it is worth; null where it bears none.</summary>
    public static string? KeyOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }

    static ILogger LoggerOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Callers).FullName!);

    // As it was written, escaped: a line of the log stays one.
    static string PathOf(HttpContext context)
    {
        const int Most = 200;
        var path = context.Request.Path.ToUriComponent();
        return path.Length > Most ? path[..Most] : path;
    }

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "a page's post was refused: its page came by {Origin}, the post by {Scheme}; is the reverse proxy "
                + "named in Proxies, and does it say X-Forwarded-Proto?"
        )]
        public static partial void OtherScheme(ILogger logger, string origin, string scheme);

        [LoggerMessage(Level = LogLevel.Information, Message = "act of {Holder} by key {Key}: {Method} {Path}")]
        public static partial void Acted(ILogger logger, string holder, string key, string method, string path);

        [LoggerMessage(Level = LogLevel.Warning, Message = "refused key {Key}: {Method} {Path}")]
        public static partial void Refused(ILogger logger, string key, string method, string path);

        [LoggerMessage(Level = LogLevel.Warning, Message = "key {Key} of {Holder} may not: {Method} {Path}")]
        public static partial void NotAllowed(ILogger logger, string holder, string key, string method, string path);
    }
}
