using GroupTicketing.Console.Pages;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Console;

/// <summary>
/// <c>GET /v1/owed</c>, and what an operator may have done: retry a lane, give its head up, release a quarantined document; one, or all of one cause. The act is said on the
/// bus, and done in the process in which the room is open.
/// </summary>
static class OperateDebts
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/owed", async (string? cause, Tickets tickets, CancellationToken ct) =>
            Results.Ok(new { owed = await tickets.Owed(cause, ct), targets = await tickets.Targets(ct) })).RequireOperator().WithName("list-owed");
        routes.MapPost("/v1/owed/{act}", ActOnCause).RequireOperator().WithName("operate-cause");
        routes.MapPost("/v1/owed/{room}/{ticket}/{lane}/{act}", Act).RequireOperator().WithName("operate-debt");
    }

    static async Task<IResult> Act(string room, string ticket, string lane, string act, HttpContext context, Tickets tickets, IBus bus, CancellationToken ct) =>
        await Have(act, [.. (await tickets.Debts(ticket, ct)).Where(row => row.Room == room && row.Lane == lane)], context, bus, ct);

    static async Task<IResult> ActOnCause(string act, string? cause, HttpContext context, Tickets tickets, IBus bus, CancellationToken ct) =>
        await Have(act, cause is null ? [] : await tickets.Owed(cause, ct), context, bus, ct);

    static async Task<IResult> Have(string act, IReadOnlyList<DebtRow> debts, HttpContext context, IBus bus, CancellationToken ct)
    {
        try
        {
            return await HaveDone.Of(act, debts, bus, ct) is > 0 and var count
                ? Results.Accepted(value: new { debts = count })
                : Problem.Of(404, "not-owed", Labels.Of("NotOwed"), Labels.Of("NotOwedMend"));
        }
        catch (BusUnavailableException)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problem.Of(503, "bus-unavailable", Labels.Of("NoBus"), Labels.Of("NoBusMend"));
        }
    }
}
