using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Core;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary><c>GET /v1/tickets</c> and <c>GET /v1/tickets/{id}</c>. A school's key reads that school's tickets;
/// another's is the same 404 as none.</summary>
static class ReadTickets
{
    const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/tickets", List).RequireKey().WithName("list-tickets");
        routes.MapGet("/v1/tickets/{ticket}", Read).RequireKey().WithName("get-ticket");
    }

    static async Task<IResult> List(
        HttpContext context,
        Tickets tickets,
        string? school,
        string? before,
        int? limit,
        CancellationToken ct
    )
    {
        var cursor = before is null ? null : Cursor.Parse(before, "portal");
        if (before is not null && cursor is null)
            return Problem.Result(400, "bad-cursor", Labels.Text("BadCursor"), Labels.Text("BadCursorMend"));
        var shelf = context.Caller().School ?? school;
        var known = await tickets.List(shelf, cursor, Math.Clamp(limit ?? 50, 1, Most), ct);
        return Results.Ok(new { tickets = known.Select(Shown), before = known.Count > 0 ? known[^1].Cursor.ToString() : null });
    }

    static async Task<IResult> Read(string ticket, HttpContext context, Tickets tickets, CancellationToken ct)
    {
        if (await tickets.Find(ticket, context.Caller().School, ct) is not { } found)
            return Problem.Result(404, "no-ticket", Labels.Text("NoTicket"), Labels.Text("NoTicketMend"));
        var rows = context.Caller().IsOperator ? await tickets.PendingFor(ticket, ct) : [];
        return Results.Ok(new { ticket = Shown(found), timeline = Hops.From(found.State.Timeline), pending = rows });
    }

    static object Shown(DocumentView<TicketView> known) => new
    {
        id = known.Ticket,
        school = known.State.School,
        number = known.State.Number,
        schoolUrl = known.State.SchoolUrl,
        title = known.State.Title,
        reference = known.State.Reference,
        groupUrl = known.State.GroupUrl,
        state = known.State.State,
        brique = known.State.Brique,
        service = known.State.Service,
        sousService = known.State.SousService,
        team = known.State.Team,
        changed = known.Stamp,
    };
}
