using GroupTicketing.Portal.Core;
using GroupTicketing.Portal.Pages;
using GroupTicketing.Contracts;
using GroupTicketing.Registry;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Problem = GroupTicketing.Platform.Problem;

namespace GroupTicketing.Portal;

/// <summary><c>POST /v1/triage/{ticket}</c>: the C2IP places a ticket that waits, or refuses it in plain words.</summary>
static class DecideTriage
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/triage/{ticket}", Decide).RequireOperator().WithName("decide-triage");

    static async Task<IResult> Decide(
        string ticket,
        Choice choice,
        Documents<TicketView> documents,
        Catalogue catalogue,
        CancellationToken ct
    )
    {
        // A form sends what was left empty as well.
        var refusal = string.IsNullOrWhiteSpace(choice.Refusal) ? null : choice.Refusal;
        if (refusal is null ? catalogue.Find(choice.Brique) is null : !string.IsNullOrWhiteSpace(choice.Brique))
            return Problem.Result(400, "bad-choice", Labels.Text("BadChoice"), Labels.Text("BadChoiceMend"), "/brique");
        if (await documents.Read(ticket, ct) is not { State: { State: "held", School: not null } } held)
            return Problem.Result(404, "not-waiting", Labels.Text("NotWaiting"), Labels.Text("NotWaitingMend"));
        var placement = refusal is null ? new Placement(choice.Brique, choice.Service, choice.SousService) : null;
        var answer = new TriageAnswer(held.State.TicketId, placement, refusal, choice.By ?? "C2IP");
        await documents.Transact(ticket, new Hearing(null, default, null, answer), ct);
        return Results.Accepted($"/v1/tickets/{ticket}");
    }

    /// <param name="Refusal">What the school is told, in plain French; instead of a place.</param>
    sealed record Choice(string? Brique, string? Service, string? SousService, string? Refusal, string? By);
}
