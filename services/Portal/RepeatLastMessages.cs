using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary>
/// <c>POST /v1/say-again</c>: every service says the last message of each of its streams again, of tickets that
/// something happened to since then. Who misses something asks for it; who has all
/// of it drops them. For a broker that lost more than was noticed.
/// </summary>
static class RepeatLastMessages
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/say-again", Repeat).RequireOperator().WithName("say-again");

    static async Task<IResult> Repeat(
        Wish wish,
        HttpContext context,
        IBus bus,
        SaySoon soon,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (wish.Since is not { } since || since > clock.GetUtcNow())
            return Problem.Result(400, "no-time", Labels.Text("NoSince"), Labels.Text("NoSinceMend"));
        var oldest = clock.GetUtcNow() - SayAgain.Longest;
        since = since > oldest ? since : oldest;
        try
        {
            if (bus.IsEmbedded)
                soon.Ask(since);
            else
                await bus.Publish(new SayAgain(since), ct);
            return Results.Accepted(value: new { since });
        }
        catch (BusUnavailableException)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problem.Result(503, "bus-unavailable", Labels.Text("NoBus"), Labels.Text("NoBusMend"));
        }
    }

    /// <param name="Since">Tickets written since then; what is older than seven days is left out.</param>
    sealed record Wish(DateTimeOffset? Since);
}
