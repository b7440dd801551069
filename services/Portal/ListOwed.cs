using System.Globalization;
using System.Text.Json;
using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary><c>GET /v1/owed</c>: what is owed, first what waits for a person, then the oldest; of one target, cause or
/// text where one is asked for.</summary>
static class ListOwed
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/owed", List).RequireOperator().WithName("list-owed");

    static async Task<IResult> List(
        string? target,
        string? cause,
        string? error,
        string? after,
        Tickets tickets,
        CancellationToken ct
    )
    {
        var cursor = after is null ? null : OwedCursor.Parse(after);
        if (after is not null && cursor is null)
            return Problem.Of(400, "bad-cursor", Labels.Of("BadCursor"), Labels.Of("BadCursorMend"));
        if (!Known(cause, out var code))
            return UnknownCause();
        var owed = await tickets.Owed(new OwedQuery(Target: target, Cause: code, Error: error, After: cursor), ct);
        return Results.Ok(new { owed, targets = await tickets.Targets(ct), after = owed.Count > 0 ? owed[^1].Cursor : null });
    }

    /// <summary>Whether a code is one of ours, or none was given.</summary>
    public static bool Known(string? cause, out Cause? code)
    {
        code =
            Enum.TryParse<Cause>(cause, ignoreCase: true, out var known) && Enum.IsDefined(known) && !char.IsAsciiDigit(cause![0])
                ? known
                : null;
        return cause is null || code is not null;
    }

    public static IResult UnknownCause() =>
        Problem.Of(
            400,
            "no-cause",
            Labels.Of("NoCause"),
            string.Format(
                CultureInfo.CurrentUICulture,
                Labels.Of("KnownCauses"),
                string.Join(", ", Enum.GetNames<Cause>().Select(JsonNamingPolicy.CamelCase.ConvertName))
            )
        );
}
