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
    static readonly Dictionary<string, OperatorAct> acts = new() { ["retry"] = OperatorAct.Retry, ["giveup"] = OperatorAct.GiveUp, ["release"] = OperatorAct.Release };

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

    /// <summary>Has it done to each of them that it fits: only a quarantine is released.</summary>
    public static async Task<IResult> Have(string act, IReadOnlyList<DebtRow> debts, HttpContext context, IBus bus, CancellationToken ct)
    {
        var fitting = acts.TryGetValue(act, out var wanted) ? debts.Where(debt => wanted switch
        {
            OperatorAct.Release => debt.Lane == Debts.QuarantineLane,
            OperatorAct.Retry => debt.Lane != Debts.QuarantineLane,
            _ => true,
        }).ToList() : [];
        if (fitting.Count == 0)
            return Problem.Of(404, "not-owed", Labels.Of("NotOwed"), Labels.Of("NotOwedMend"));
        try
        {
            foreach (var debt in fitting)
                await bus.Publish(new Operate(debt.Room, debt.Ticket, debt.Lane, wanted), ct);
            return Results.Accepted(value: new { debts = fitting.Count });
        }
        catch (BusUnavailableException)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problem.Of(503, "bus-unavailable", Labels.Of("NoBus"), Labels.Of("NoBusMend"));
        }
    }
}
