using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary>
/// What an operator may have done with what is owed: retry a lane, give its head up, release a quarantined document;
/// one, or all of one target and cause. The act is said on the
/// bus, and done in the process in which the room is open.
/// </summary>
static class OperateDebts
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/owed/{act}", ActOnCause).RequireOperator().WithName("operate-cause");
        routes.MapPost("/v1/owed/{room}/{ticket}/{lane}/{act}", Act).RequireOperator().WithName("operate-debt");
    }

    static async Task<IResult> Act(
        string room,
        string ticket,
        string lane,
        string act,
        HttpContext context,
        Tickets tickets,
        IBus bus,
        CancellationToken ct
    ) =>
        await Have(
            act,
            (await tickets.Debts(ticket, ct)).Where(row => row.Room == room && row.Lane == lane).ToAsyncEnumerable(),
            context,
            bus,
            ct
        );

    // Without both it would be done to what nobody meant: two schools may fail alike.
    static async Task<IResult> ActOnCause(
        string act,
        string? target,
        string? cause,
        string? error,
        HttpContext context,
        Tickets tickets,
        IBus bus,
        CancellationToken ct
    )
    {
        if (target is null || cause is null)
            return Problem.Of(400, "no-cause", Labels.Of("NoCause"), Labels.Of("NoCauseMend"));
        return ListOwed.Known(cause, out var code)
            ? await Have(act, tickets.AllOwed(new OwedQuery(Target: target, Cause: code, Error: error), ct), context, bus, ct)
            : ListOwed.UnknownCause();
    }

    static async Task<IResult> Have(
        string act,
        IAsyncEnumerable<DebtRow> debts,
        HttpContext context,
        IBus bus,
        CancellationToken ct
    )
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
