using GroupTicketing.Console.Pages;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Console;

/// <summary>Signing in by a key; the browser keeps only a session, in a cookie scripts cannot read.</summary>
static class KeepSession
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // A post of another site is known by its origin.
        routes.MapPost("/session", SignIn);
        routes.MapPost("/session/fin", SignOut);
    }

    /// <summary>Who the browser is of, or null; says what the page may load.</summary>
    public static async ValueTask<Caller?> Enter(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        context.Response.Headers.CacheControl = "no-store";
        return await Callers.CallerOf(context);
    }

    /// <summary>A page for operators; others are asked to sign in, or sent back to theirs.</summary>
    public static async Task<IResult> ForOperators(HttpContext context, Func<Task<IResult>> page) => await Enter(context) switch
    {
        null => SignInPage(),
        { IsOperator: true } => await page(),
        _ => Results.Redirect("/"),
    };

    public static IResult SignInPage(bool wrong = false) =>
        new Page<SignIn>(new() { [nameof(Pages.SignIn.Wrong)] = wrong }, wrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);

    static async Task<IResult> SignIn(HttpContext context, Keys keys, CancellationToken ct)
    {
        await Enter(context);
        var key = context.Request.HasFormContentType && Callers.IsOwnPage(context.Request) ? (await context.Request.ReadFormAsync(ct))["key"].ToString().Trim() : "";
        if (await Callers.CallerBy(context, key) is not { } caller || await keys.OpenSession(key, ct) is not { } session)
            return SignInPage(wrong: true);
        Callers.Acts(context, caller);
        context.Response.Cookies.Append(Callers.Cookie, session, Cookie(context));
        return Results.Redirect("/");
    }

    static async Task<IResult> SignOut(HttpContext context, Keys keys, CancellationToken ct)
    {
        if (!Callers.IsOwnPage(context.Request))
            return Results.Redirect("/");
        if (context.Request.Cookies[Callers.Cookie] is { } session)
            await keys.CloseSession(session, ct);
        context.Response.Cookies.Delete(Callers.Cookie, Cookie(context));
        return Results.Redirect("/");
    }

    static CookieOptions Cookie(HttpContext context) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true, Path = "/" };
}
