using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using GroupTicketing.Registry;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Problem = GroupTicketing.Platform.Problem;

namespace GroupTicketing.Portal;

/// <summary><c>GET /v1/reconcile</c>: what the last reading of each side found, and what somebody has to mend there.
/// <c>POST /v1/reconcile</c>: reads both sides soon, of one ticket, of one school's, or of all.</summary>
static class AskReconcile
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/reconcile", Show).RequireOperator().WithName("show-reconcile");
        routes.MapPost("/v1/reconcile", Ask).RequireOperator().WithName("ask-reconcile");
    }

    static async Task<IResult> Show(
        Reconciliation reconciliation,
        Findings findings,
        IReadOnlyList<School> schools,
        CancellationToken ct
    )
    {
        var (sides, lost) = (await reconciliation.Reports(ct), await reconciliation.Lost(ct));
        return Results.Ok(new { sides, oneSided = OneSided(schools), lost, findings = await findings.All(ct) });
    }

    /// <summary>Without a way to read its tool, what its webhooks lose is lost: that must be seen.</summary>
    public static IReadOnlyList<string> OneSided(IReadOnlyList<School> schools) =>
        [.. schools.Where(school => school.Pilot && school.Read is null).Select(school => school.Slug)];

    /// <summary>The sides that can be read: of one school, or of all. All that is the group's lies on one side: it is
    /// read whole, or one ticket of it.</summary>
    public static IReadOnlyList<string> Sides(IReadOnlyList<School> schools, string? slug) =>
        [
            .. schools
                .Where(school => school.Read is not null && (slug is null || school.Slug == slug))
                .Select(school => $"school:{school.Slug}"),
            "itop",
        ];

    static async Task<IResult> Ask(
        Wish wish,
        Reconciliation reconciliation,
        Tickets tickets,
        IReadOnlyList<School> schools,
        CancellationToken ct
    )
    {
        var ticket = wish.Ticket is null ? null : await tickets.Find(wish.Ticket, school: null, ct);
        var slug = ticket?.State.School ?? wish.School;
        if ((wish.Ticket is not null && ticket is null) || (slug is not null && schools.All(school => school.Slug != slug)))
            return Problem.Result(404, "no-ticket", Labels.Text("NoTicket"), Labels.Text("NoTicketMend"));
        var sides = Sides(schools, slug);
        foreach (var side in sides)
            await reconciliation.Ask(side, wish.Ticket, ct);
        return Results.Accepted("/v1/reconcile", new { sides });
    }

    /// <param name="Ticket">A ticket's id of ours; null for more than one.</param>
    /// <param name="School">A school's slug; null for all.</param>
    sealed record Wish(string? Ticket, string? School);
}
