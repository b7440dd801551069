using System.Globalization;
using System.Text.Json;
using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary><c>GET /v1/pending</c>: what is pending, first what waits for a person, then the oldest; of one target, cause or
/// text where one is asked for.</summary>
static class ListPending
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/pending", List).RequireOperator().WithName("list-pending");

    static async Task<IResult> List(
        string? target,
        string? cause,
        string? error,
        string? after,
        Tickets tickets,
        CancellationToken ct
    )
    {
        var cursor = after is null ? null : PendingCursor.Parse(after);
        if (after is not null && cursor is null)
            return Problem.Result(400, "bad-cursor", Labels.Text("BadCursor"), Labels.Text("BadCursorMend"));
        if (!TryCause(cause, out var code))
            return UnknownCause();
        var pending = await tickets.Pending(new PendingQuery(Target: target, Cause: code, Error: error, After: cursor), ct);
        return Results.Ok(
            new
            {
                pending,
                targets = await tickets.Targets(ct),
                after = pending.Count > 0 ? pending[^1].Cursor : null,
            }
        );
    }

    /// <summary>Whether a code is one of ours, or none was given.</summary>
    public static bool TryCause(string? cause, out Cause? code)
    {
        // The framework takes numbers and lists, too, with whatever blanks and signs.
        code = Enum.GetValues<Cause>()
            .Cast<Cause?>()
            .FirstOrDefault(known => $"{known}".Equals(cause, StringComparison.OrdinalIgnoreCase));
        return cause is null || code is not null;
    }

    public static IResult UnknownCause() =>
        Problem.Result(
            400,
            "no-cause",
            Labels.Text("NoCause"),
            string.Format(
                CultureInfo.CurrentUICulture,
                Labels.Text("KnownCauses"),
                string.Join(", ", Enum.GetNames<Cause>().Select(JsonNamingPolicy.CamelCase.ConvertName))
            )
        );
}
