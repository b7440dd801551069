using GroupTicketing.Intake.Adapters;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Intake;

/// <summary><c>GET /v1/schools/{school}/put-aside</c>: the school's posts that could not be read, as they came, for an
/// operator.</summary>
static class ListPutAside
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/schools/{school}/put-aside", List).RequireOperator().WithName("list-put-aside");

    static async Task<IResult> List(string school, PutAside aside, CancellationToken ct) =>
        Results.Ok(new { posts = await aside.ForSchool(school, ct) });
}
