using GroupTicketing.Platform;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Http;

namespace GroupTicketing.Portal.Adapters;

/// <summary>Who a page is shown to.</summary>
static class PageDoor
{
    /// <summary>Who the browser is of, or null; says what the page may load.</summary>
    public static async ValueTask<Caller?> Enter(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
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
        new Page<SignIn>(
            new() { [nameof(Pages.SignIn.Wrong)] = wrong },
            wrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK
        );
}
