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
        routes.MapGet("/tickets/{ticket}", ShowTicket);
        routes.MapGet("/portal.css", () =>
            Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream("portal.css")!, "text/css")
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

    static async Task<IResult> ShowTicket(string ticket, HttpContext context, Tickets tickets, CancellationToken ct)
    {
        if (await PageDoor.Enter(context) is not { } caller)
            return PageDoor.SignInPage();
        if (await tickets.Find(ticket, caller.School, ct) is not { } found)
            return Results.Redirect("/");
        var isOperator = caller.IsOperator;
        var rows = isOperator ? await tickets.PendingFor(ticket, ct) : [];
        return new Page<OneTicket>(
            new()
            {
                [nameof(OneTicket.View)] = found.State,
                [nameof(OneTicket.Rows)] = rows,
                [nameof(OneTicket.IsOperator)] = isOperator,
            }
        );
    }
}
