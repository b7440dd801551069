using GroupTicketing.Console.Core;
using GroupTicketing.Console.Pages;
using GroupTicketing.Contracts;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Console;

/// <summary><c>POST /v1/triage/{ticket}</c>: the C2IP places a ticket that waits, or refuses it in plain words.</summary>
static class DecideTriage
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/triage/{ticket}", Decide).RequireOperator().WithName("decide-triage");

    static async Task<IResult> Decide(string ticket, Choice choice, Documents<TicketView> documents, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(choice.Brique) == string.IsNullOrWhiteSpace(choice.Refusal))
            return Problem.Of(400, "bad-choice", Labels.Of("BadChoice"), Labels.Of("BadChoiceMend"), "/brique");
        if (await documents.Read(ticket, ct) is not { State: { State: "held", School: not null } } held)
            return Problem.Of(404, "not-waiting", Labels.Of("NotWaiting"), Labels.Of("NotWaitingMend"));
        var placement = choice.Refusal is null ? new Placement(choice.Brique, choice.Service, choice.SousService) : null;
        var answer = new TriageAnswer(held.State.TicketId, placement, choice.Refusal, choice.By ?? "C2IP");
        await documents.Transact(ticket, new Hearing(null, default, null, answer), ct);
        return Results.Accepted($"/v1/tickets/{ticket}");
    }

    /// <param name="Refusal">What the school is told, in plain French; instead of a place.</param>
    sealed record Choice(string? Brique, string? Service, string? SousService, string? Refusal, string? By);
}
