using System.Globalization;
using System.Reflection;
using GroupTicketing.Console.Pages;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Console;

/// <summary>The pages: signed in by a key, which the browser keeps in a cookie scripts cannot read.</summary>
static class ShowPages
{
    const int Most = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", List);
        routes.MapGet("/tickets/{ticket}", One);
        routes.MapGet("/envois", Owed);
        routes.MapPost("/session", SignIn).DisableAntiforgery();
        routes.MapPost("/session/fin", SignOut).DisableAntiforgery();
        routes.MapGet("/console.css", () => Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream("console.css")!, "text/css"));
    }

    static async Task<IResult> List(HttpContext context, Tickets tickets, CancellationToken ct)
    {
        if (await Enter(context) is not { } holder)
            return SignInPage();
        var known = await tickets.List(holder == Keys.Operator ? null : holder, null, Most, ct);
        return Page<TicketList>(new { Tickets = known, IsOperator = holder == Keys.Operator });
    }

    static async Task<IResult> One(string ticket, HttpContext context, Tickets tickets, CancellationToken ct)
    {
        if (await Enter(context) is not { } holder)
            return SignInPage();
        if (await tickets.Find(ticket, holder, ct) is not { } found)
            return Results.Redirect("/");
        var isOperator = holder == Keys.Operator;
        var debts = isOperator ? await tickets.Debts(ticket, ct) : [];
        return Page<OneTicket>(new { View = found.State, Debts = debts, IsOperator = isOperator });
    }

    static async Task<IResult> Owed(HttpContext context, Tickets tickets, CancellationToken ct) =>
        await Enter(context) == Keys.Operator ? Page<DebtList>(new { Debts = await tickets.Owed(ct) }) : SignInPage();

    static async Task<IResult> SignIn(HttpContext context, Keys keys, CancellationToken ct)
    {
        Speak(context);
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

    static async ValueTask<string?> Enter(HttpContext context)
    {
        Speak(context);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        context.Response.Headers.CacheControl = "no-store";
        return await Callers.HolderOf(context);
    }

    static void Speak(HttpContext context) =>
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(context.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "fr");

    static CookieOptions Cookie(HttpContext context) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true, Path = "/" };

    static RazorComponentResult SignInPage(bool wrong = false) =>
        new(typeof(SignIn), new { Wrong = wrong }) { StatusCode = wrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK, PreventStreamingRendering = true };

    static RazorComponentResult<TPage> Page<TPage>(object parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent => new(parameters) { PreventStreamingRendering = true };
}
