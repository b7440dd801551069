using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary>
/// What an operator may have done with what is pending: retry a lane, give its head up, release a quarantined document;
/// one, or all of one target and cause. The act is said on the
/// bus, and done in the process in which the service is open.
/// </summary>
static class OperatePending
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/pending/{act}", ActOnCause).RequireOperator().WithName("operate-cause");
        routes.MapPost("/v1/pending/{service}/{ticket}/{lane}/{act}", Act).RequireOperator().WithName("operate-lane");
    }

    static async Task<IResult> Act(
        string service,
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
            (await tickets.PendingFor(ticket, ct)).Where(row => row.Service == service && row.Lane == lane).ToAsyncEnumerable(),
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
            return Problem.Result(400, "no-cause", Labels.Text("NoCause"), Labels.Text("NoCauseMend"));
        return ListPending.TryCause(cause, out var code)
            ? await Have(act, tickets.AllPending(new(Target: target, Cause: code, Error: error), ct), context, bus, ct)
            : ListPending.UnknownCause();
    }

    static async Task<IResult> Have(
        string act,
        IAsyncEnumerable<PendingRow> rows,
        HttpContext context,
        IBus bus,
        CancellationToken ct
    )
    {
        try
        {
            return await HaveDone.Ask(act, rows, bus, ct) is > 0 and var count
                ? Results.Accepted(value: new { pending = count })
                : Problem.Result(404, "not-pending", Labels.Text("NotPending"), Labels.Text("NotPendingMend"));
        }
        catch (BusUnavailableException)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problem.Result(503, "bus-unavailable", Labels.Text("NoBus"), Labels.Text("NoBusMend"));
        }
    }
}
