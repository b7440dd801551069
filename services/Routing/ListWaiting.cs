using GroupTicketing.Platform;
using GroupTicketing.Routing.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Routing;

/// <summary><c>GET /v1/waiting</c>: what nobody of the group moves although its team was reminded, for the C2IP.</summary>
static class ListWaiting
{
    const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/waiting", List).RequireOperator().WithName("list-waiting");

    static async Task<IResult> List(Documents<Link> links, CancellationToken ct) =>
        Results.Ok(
            new
            {
                waiting = (await links.List(LinkDecider.Waiting, null, Most, ct))
                    .OrderBy(one => one.State.Waits!.Since)
                    .Select(Shown),
            }
        );

    static object Shown(DocumentView<Link> one) => new
    {
        ticket = one.Ticket,
        school = one.State.Opened!.Heading.School,
        number = one.State.Opened.Handover.Ticket.Number,
        reference = one.State.Reference,
        url = one.State.Url,
        team = one.State.Route?.Team,
        kind = one.State.Waits!.Kind,
        since = one.State.Waits.Since,
    };
}
