using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Core;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary>
/// <c>POST /v1/links/stopped</c>: a person says what becomes of links whose id in iTop was found on another request:
/// the same request after all (one, or all of a migration), another one, or a new one.
/// </summary>
static class SettleStoppedLinks
{
    const int MostTickets = 500;
    const int MostReference = 100;

    static readonly string[] hows = ["same", "other", "anew"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/links/stopped", Settle).RequireOperator().WithName("settle-stopped-links");

    static async Task<IResult> Settle(Wish wish, Tickets tickets, Documents<TicketView> documents, CancellationToken ct)
    {
        if (!hows.Contains(wish.How))
            return Bad("/how");
        if (wish.Tickets is not { Count: > 0 and <= MostTickets } named)
            return Bad("/tickets");
        var reference = wish.Reference?.Trim();
        if (
            wish.How == "other"
                ? named.Count > 1 || reference is not { Length: > 0 and <= MostReference }
                : wish.Reference is not null
        )
            return Bad("/reference");
        var settled = 0;
        foreach (var ticket in named.Distinct())
        {
            if (await tickets.Find(ticket, school: null, ct) is not { State.Stopped: true } stopped)
                continue;
            await documents.Transact(
                stopped.Ticket,
                new Hearing(null, default, null, new StoppedLinkAnswer(stopped.State.TicketId, wish.How!, reference)),
                ct
            );
            settled++;
        }
        return settled > 0
            ? Results.Accepted("/v1/links/stopped", new { links = settled })
            : Problem.Result(404, "no-stopped-link", Labels.Text("NoStoppedLink"), Labels.Text("NoStoppedLinkMend"));
    }

    static IResult Bad(string field) =>
        Problem.Result(400, "bad-settlement", Labels.Text("BadSettlement"), Labels.Text("BadSettlementMend"), field);

    /// <param name="How">same, other or anew.</param>
    /// <param name="Tickets">Our ids, as <c>GET /v1/links/stopped</c> lists them.</param>
    /// <param name="Reference">Of other: the group ticket's; then of one ticket only.</param>
    sealed record Wish(string? How, IReadOnlyList<string>? Tickets, string? Reference);
}
