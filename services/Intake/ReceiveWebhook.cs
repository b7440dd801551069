using System.Diagnostics;
using System.Globalization;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Intake;

/// <summary><c>POST /v1/schools/{school}/events</c>: what a school's tool sends. Raw bytes first; a 202 is given only after the durable write.</summary>
static class ReceiveWebhook
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/schools/{school}/events", Receive).WithName("receive-event");

    static async Task<IResult> Receive(string school, HttpContext context, Doorway doorway, CancellationToken ct)
    {
        CultureInfo.CurrentUICulture = Doorway.Language(context.Request);
        if (doorway.School(school) is not { } known)
            return Refusals.UnknownSchool();
        var post = await PostReader.Read(context.Request, ct);
        if (post is null)
            return Refusals.TooBig();
        if (await doorway.Refuse(context, known, post) is { } refused)
            return refused;
        try
        {
            var (ticket, repeated) = await doorway.Take(known, post, ct);
            if (repeated is Repeat.OtherBody)
                return Refusals.OtherBody();
            Activity.Current?.SetTag("ticket", ticket.ToString("N"));
            var address = $"/v1/tickets/{ticket:N}";
            return Results.Accepted(address, new { ticket = ticket.ToString("N"), address });
        }
        catch (StoreUnavailableException)
        {
            return Refusals.Unavailable(context);
        }
    }
}
