using GroupTicketing.Platform;
using GroupTicketing.Routing.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Routing;

/// <summary><c>GET /v1/triage</c>: what waits for the C2IP, with the names that may be chosen.</summary>
static class ListTriage
{
    const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/triage", List).RequireOperator();

    static async Task<IResult> List(Documents<Link> links, WhoIsWho who, CancellationToken ct)
    {
        var held = await links.List(LinkDecider.Triage, null, Most, ct);
        var choices = who
            .Catalogue.Briques.Where(brique => brique.Pilot)
            .Select(brique => new
            {
                brique.Name,
                services = brique.Services.Select(service => new
                {
                    service.Name,
                    sousServices = service.SousServices.Select(one => one.Name),
                }),
            });
        return Results.Ok(new { waiting = held.Select(Shown), choices });
    }

    static object Shown(DocumentView<Link> held) => new
    {
        ticket = held.Ticket,
        school = held.State.Opened!.Heading.School,
        number = held.State.Opened.Handover.Ticket.Number,
        url = held.State.Opened.Handover.Ticket.Url,
        title = held.State.Opened.Handover.Title,
        description = held.State.Opened.Handover.Description,
        placement = held.State.Opened.Handover.Placement,
        since = held.State.Opened.Heading.OccurredAt,
    };
}
