using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Core;
using GroupTicketing.Portal.Pages;
using GroupTicketing.Registry;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Problem = GroupTicketing.Platform.Problem;

namespace GroupTicketing.Portal;

/// <summary><c>POST /v1/announcements</c>: the C2IP announces an incident on a brique. <c>GET /v1/announcements</c>:
/// those there are.</summary>
static class Announce
{
    const int MostText = 4_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/announcements", List).RequireOperator().WithName("list-announcements");
        routes.MapPost("/v1/announcements", Begin).RequireOperator().WithName("announce");
    }

    static async Task<IResult> List(Announcements announcements, CancellationToken ct) =>
        Results.Ok(new { announcements = (await announcements.All(ct)).Select(Shown) });

    static async Task<IResult> Begin(
        Wish wish,
        Announcements announcements,
        Catalogue catalogue,
        IReadOnlyList<School> schools,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (catalogue.Find(wish.Brique) is not { } brique)
            return Bad("/brique");
        if ((wish.Schools ?? []).Any(slug => schools.All(school => school.Slug != slug)))
            return Bad("/schools");
        if (!IsText(wish.Text))
            return Bad("/text");
        var now = clock.GetUtcNow();
        var announcement = new Announcement(
            $"{now:yyyyMMddHHmmss}-{Random.Shared.NextInt64():x16}",
            brique.Name,
            wish.Schools ?? [],
            wish.Text!.Trim(),
            now
        );
        await announcements.Keep(announcement, ct);
        return Results.Created("/v1/announcements", Shown(announcement));
    }

    internal static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MostText;

    internal static IResult Bad(string field) =>
        Problem.Result(400, "bad-announcement", Labels.Text("BadAnnouncement"), Labels.Text("BadAnnouncementMend"), field);

    internal static object Shown(Announcement one) =>
        new
        {
            id = one.Id,
            brique = one.Brique,
            schools = one.Schools,
            text = one.Text,
            since = one.Since,
            endedAt = one.EndedAt,
            end = one.End,
        };

    /// <param name="Schools">Slugs; null or none: every school.</param>
    sealed record Wish(string? Brique, IReadOnlyList<string>? Schools, string? Text);
}
