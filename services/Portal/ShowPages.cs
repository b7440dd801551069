using System.Reflection;
using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary>The pages, for whoever is signed in.</summary>
static class ShowPages
{
    const int Most = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", List);
        routes.MapGet("/tickets/{ticket}", One);
        routes.MapGet("/console.css", () =>
            Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream("console.css")!, "text/css")
        );
    }

    static async Task<IResult> List(HttpContext context, Tickets tickets, CancellationToken ct)
    {
        if (await PageDoor.Enter(context) is not { } caller)
            return PageDoor.SignInPage();
        var known = await tickets.List(caller.School, null, Most, ct);
        return new Page<TicketList>(
            new() { [nameof(TicketList.Tickets)] = known, [nameof(TicketList.IsOperator)] = caller.IsOperator }
        );
    }

    static async Task<IResult> One(string ticket, HttpContext context, Tickets tickets, CancellationToken ct)
    {
        if (await PageDoor.Enter(context) is not { } caller)
            return PageDoor.SignInPage();
        if (await tickets.Find(ticket, caller.School, ct) is not { } found)
            return Results.Redirect("/");
        var isOperator = caller.IsOperator;
        var debts = isOperator ? await tickets.Debts(ticket, ct) : [];
        return new Page<OneTicket>(
            new()
            {
                [nameof(OneTicket.View)] = found.State,
                [nameof(OneTicket.Debts)] = debts,
                [nameof(OneTicket.IsOperator)] = isOperator,
            }
        );
    }
}
