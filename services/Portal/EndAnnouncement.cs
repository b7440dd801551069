using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Problem = GroupTicketing.Platform.Problem;

namespace GroupTicketing.Portal;

/// <summary><c>POST /v1/announcements/{id}/end</c>: the incident is over; whoever was told of it is told of its end.</summary>
static class EndAnnouncement
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/announcements/{id}/end", End).RequireOperator().WithName("end-announcement");

    static async Task<IResult> End(string id, Last last, Announcements announcements, TimeProvider clock, CancellationToken ct)
    {
        if (await announcements.Find(id, ct) is not { EndedAt: null } announcement)
            return Problem.Result(404, "no-announcement", Labels.Text("NoAnnouncement"), Labels.Text("NoAnnouncementMend"));
        if (!Announce.IsText(last.Text))
            return Announce.Bad("/text");
        var ended = announcement with { EndedAt = clock.GetUtcNow(), End = last.Text!.Trim() };
        await announcements.Keep(ended, ct);
        return Results.Ok(Announce.Shown(ended));
    }

    /// <param name="Text">What is told at the end.</param>
    sealed record Last(string? Text);
}
