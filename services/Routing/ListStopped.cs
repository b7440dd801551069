using GroupTicketing.Platform;
using GroupTicketing.Routing.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Routing;

/// <summary><c>GET /v1/links/stopped</c>: links through which nothing crosses until a person says what the request in
/// iTop is.</summary>
static class ListStopped
{
    const int Most = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/links/stopped", List).RequireOperator().WithName("list-stopped-links");

    static async Task<IResult> List(Documents<Link> links, CancellationToken ct) =>
        Results.Ok(
            new
            {
                stopped = (await links.List(LinkDecider.Stopped, null, Most, ct))
                    .OrderBy(one => one.State.Stopped!.Since)
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
        why = one.State.Stopped!.Why,
        since = one.State.Stopped.Since,
    };
}
