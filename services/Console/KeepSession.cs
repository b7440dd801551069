using System.Globalization;
using GroupTicketing.Console.Pages;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Console;

/// <summary>Signing in by a key, which the browser keeps in a cookie scripts cannot read.</summary>
static class KeepSession
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/session", SignIn).DisableAntiforgery();
        routes.MapPost("/session/fin", SignOut).DisableAntiforgery();
    }

    /// <summary>Whose key the browser bears, or null; sets the page's language and what it may load.</summary>
    public static async ValueTask<string?> Enter(HttpContext context)
    {
        CultureInfo.CurrentUICulture = Callers.Language(context.Request);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        context.Response.Headers.CacheControl = "no-store";
        return await Callers.HolderOf(context);
    }

    public static RazorComponentResult SignInPage(bool wrong = false) =>
        new(typeof(SignIn), new { Wrong = wrong }) { StatusCode = wrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK, PreventStreamingRendering = true };

    static async Task<IResult> SignIn(HttpContext context, Keys keys, CancellationToken ct)
    {
        await Enter(context);
        var key = (await context.Request.ReadFormAsync(ct))["key"].ToString();
        if (await keys.HolderOf(key, ct) is null)
            return SignInPage(wrong: true);
        context.Response.Cookies.Append(Callers.Cookie, key, Cookie(context));
        return Results.Redirect("/");
    }

    static IResult SignOut(HttpContext context)
    {
        context.Response.Cookies.Delete(Callers.Cookie, Cookie(context));
        return Results.Redirect("/");
    }

    static CookieOptions Cookie(HttpContext context) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true, Path = "/" };
}
