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

/// <summary><c>POST /v1/links</c>: the C2IP attaches a school's ticket to a group ticket of its organisation.</summary>
static class AskLink
{
    const int MostName = 100;
    const int MostTitle = 1_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/links", Ask).RequireOperator().WithName("link-ticket");

    static async Task<IResult> Ask(
        Wish wish,
        Documents<TicketView> documents,
        IReadOnlyList<School> schools,
        CancellationToken ct
    )
    {
        if (schools.All(school => school.Slug != wish.School))
            return Bad("/school");
        if (wish.Ticket?.Trim() is not { Length: > 0 and <= MostName } ticket)
            return Bad("/ticket");
        if (wish.Reference?.Trim() is not { Length: > 0 and <= MostName } reference)
            return Bad("/reference");
        if (wish.Title?.Length > MostTitle)
            return Bad("/title");
        var id = TicketIds.OfSchool(wish.School!, ticket);
        var asked = new LinkWish(
            id,
            wish.School!,
            new SchoolTicket(ticket, wish.Number ?? ticket, wish.Url),
            reference,
            wish.Title
        );
        await documents.Transact(id.ToString("N"), new Hearing(null, default, null, asked), ct);
        return Results.Accepted($"/v1/tickets/{id:N}");
    }

    static IResult Bad(string field) =>
        Problem.Result(400, "bad-link", Labels.Text("BadLink"), Labels.Text("BadLinkMend"), field);

    /// <param name="School">The school's slug.</param>
    /// <param name="Ticket">The ticket's id in the school's tool.</param>
    /// <param name="Number">The number people quote; by default the id.</param>
    /// <param name="Reference">The group ticket's, e.g. R-000123.</param>
    sealed record Wish(string? School, string? Ticket, string? Number, string? Url, string? Title, string? Reference);
}
