using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary>Signing in by a key; the browser keeps only a session, in a cookie scripts cannot read.</summary>
static class KeepSession
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // A post of another site is known by its origin.
        routes.MapPost("/session", SignIn);
        routes.MapPost("/session/fin", SignOut);
    }

    static async Task<IResult> SignIn(HttpContext context, Keys keys, CancellationToken ct)
    {
        await PageDoor.Enter(context);
        if (!Callers.IsOwnPage(context.Request))
            return PageDoor.SignInPage(wrong: true);
        var (form, refused) = await PageForm.Read(context, ct, "key");
        if (form is null)
            return refused!;
        var key = form["key"].ToString().Trim();
        if (await Callers.CallerBy(context, key) is not { } caller)
            return PageDoor.SignInPage(wrong: true);
        Callers.Acts(context, caller);
        context.Response.Cookies.Append(Callers.Cookie, await keys.OpenSession(key, ct), Cookie(context));
        return Results.Redirect("/");
    }

    static async Task<IResult> SignOut(HttpContext context, Keys keys, CancellationToken ct)
    {
        if (!Callers.IsOwnPage(context.Request))
            return Results.Redirect("/");
        if ((await PageForm.Read(context, ct)).Refused is { } refused)
            return refused;
        if (context.Request.Cookies[Callers.Cookie] is { } session)
            await keys.CloseSession(session, ct);
        context.Response.Cookies.Delete(Callers.Cookie, Cookie(context));
        return Results.Redirect("/");
    }

    static CookieOptions Cookie(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            Path = "/",
        };
}
