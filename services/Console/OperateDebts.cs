using GroupTicketing.Console.Pages;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Console;

/// <summary><c>GET /v1/owed</c>, and what an operator may do: retry a lane, give its head up, release a quarantined document.</summary>
static class OperateDebts
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/owed", async (Tickets tickets, Payer payer, CancellationToken ct) =>
            Results.Ok(new { owed = await tickets.Owed(ct), targets = payer.Targets })).RequireOperator().WithName("list-owed");
        routes.MapPost("/v1/owed/{room}/{ticket}/{lane}/{act}", Act).RequireOperator().WithName("operate-debt");
    }

    static async Task<IResult> Act(string room, string ticket, string lane, string act, Tickets tickets, CancellationToken ct)
    {
        if (tickets.Room(room) is not { } documents)
            return NotOwed();
        var done = act switch
        {
            "retry" => await documents.Retry(ticket, lane, ct),
            "giveup" => await documents.GiveUp(ticket, lane, ct),
            "release" => await documents.Release(ticket, ct),
            _ => false,
        };
        return done ? Results.NoContent() : NotOwed();
    }

    static IResult NotOwed() => Problem.Of(404, "not-owed", Labels.Of("NotOwed"), Labels.Of("NotOwedMend"));
}
