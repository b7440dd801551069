using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using GroupTicketing.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary>The page of what the last reading of each side found, and the button that has both read soon.</summary>
static class ReconcilePage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rapprochement", Show);
        routes.MapPost("/rapprochement", Read);
    }

    static Task<IResult> Show(
        HttpContext context,
        Reconciliation reconciliation,
        Findings findings,
        IReadOnlyList<School> schools,
        CancellationToken ct
    ) => PageDoor.ForOperators(context, () => Page(null, reconciliation, findings, schools, ct));

    static async Task<IResult> Read(
        HttpContext context,
        Reconciliation reconciliation,
        Findings findings,
        IReadOnlyList<School> schools,
        CancellationToken ct
    )
    {
        if (await PageDoor.Enter(context) is not { IsOperator: true } caller)
            return Results.Redirect("/");
        Callers.Acts(context, caller);
        if ((await PageForm.Read(context, ct)).Refused is { } refused)
            return refused;
        foreach (var side in AskReconcile.Sides(schools, null))
            await reconciliation.Ask(side, null, ct);
        return await Page(Labels.Text("ReadSoon"), reconciliation, findings, schools, ct);
    }

    static async Task<IResult> Page(
        string? notice,
        Reconciliation reconciliation,
        Findings findings,
        IReadOnlyList<School> schools,
        CancellationToken ct
    ) =>
        new Page<SideList>(
            new()
            {
                [nameof(SideList.Sides)] = await reconciliation.Reports(ct),
                [nameof(SideList.OneSided)] = AskReconcile.OneSided(schools),
                [nameof(SideList.Lost)] = await reconciliation.Lost(ct),
                [nameof(SideList.Findings)] = await findings.All(ct),
                [nameof(SideList.Notice)] = notice,
            }
        );
}
