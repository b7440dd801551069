using GroupTicketing.Platform;
using GroupTicketing.Portal.Adapters;
using GroupTicketing.Portal.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Portal;

/// <summary>The page of what is pending, and its buttons: one lane, or all of one target and cause.</summary>
static class OperatePage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/envois", Show);
        // A post of another site is known by its origin, and is nobody's.
        routes.MapPost("/envois", Act);
    }

    static Task<IResult> Show(HttpContext context, Tickets tickets, CancellationToken ct) =>
        PageDoor.ForOperators(context, () => Page(null, tickets, ct));

    static async Task<IResult> Act(HttpContext context, Tickets tickets, IBus bus, CancellationToken ct)
    {
        if (await PageDoor.Enter(context) is not { IsOperator: true } caller)
            return Results.Redirect("/");
        Callers.Acts(context, caller);
        var (form, refused) = await PageForm.Read(context, ct, "act");
        if (form is null)
            return refused!;
        if (!HaveDone.Knows(form["act"].ToString()))
            return PageForm.Refuse(context, "act");
        string[] needed = form.ContainsKey("cause") ? ["cause", "target"] : ["service", "ticket", "lane"];
        if (needed.FirstOrDefault(name => form[name].Count != 1) is { } missing)
            return PageForm.Refuse(context, missing);
        if (!ListPending.TryCause(form["cause"], out var cause))
            return PageForm.Refuse(context, "cause");
        var (target, service, lane) = (form["target"].ToString(), form["service"].ToString(), form["lane"].ToString());
        var rows = cause is not null
            ? tickets.AllPending(new PendingQuery(Target: target, Cause: cause, Error: form["error"]), ct)
            : (await tickets.PendingFor(form["ticket"].ToString(), ct))
                .Where(row => row.Service == service && row.Lane == lane)
                .ToAsyncEnumerable();
        try
        {
            var count = await HaveDone.Ask(form["act"].ToString(), rows, bus, ct);
            return await Page(
                count == 0
                    ? Labels.Text("NotPending")
                    : string.Format(System.Globalization.CultureInfo.CurrentUICulture, Labels.Text("Acted"), count),
                tickets,
                ct
            );
        }
        catch (BusUnavailableException)
        {
            return await Page($"{Labels.Text("NoBus")} {Labels.Text("NoBusMend")}", tickets, ct);
        }
    }

    static async Task<IResult> Page(string? notice, Tickets tickets, CancellationToken ct) =>
        new Page<PendingList>(
            new()
            {
                [nameof(PendingList.Rows)] = await tickets.Pending(new PendingQuery(), ct),
                [nameof(PendingList.Notice)] = notice,
            }
        );
}
