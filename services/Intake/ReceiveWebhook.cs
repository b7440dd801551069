using System.Diagnostics;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GroupTicketing.Intake;

/// <summary><c>POST /v1/schools/{school}/events</c>: what a school's tool sends. Raw bytes first; a 202 is given only
/// after the durable write.</summary>
static class ReceiveWebhook
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/schools/{school}/events", Receive).WithName("receive-event");

    static async Task<IResult> Receive(
        string school,
        HttpContext context,
        Doorway doorway,
        Entrance entrance,
        Findings findings,
        CancellationToken ct
    )
    {
        var known = entrance.SchoolOf(school);
        var answer = known is null ? Refusals.UnknownSchool() : await Answer(known, context, doorway, entrance, ct);
        if (answer is ProblemHttpResult refused)
        {
            IntakeMetrics.Refused(known?.Slug, refused);
            foreach (var member in Refusals.Members(refused))
                await findings.Note($"school:{school}", "refused-event", member, ct);
        }
        return answer;
    }

    static async Task<IResult> Answer(School known, HttpContext context, Doorway doorway, Entrance entrance, CancellationToken ct)
    {
        try
        {
            var (refused, entered) = await entrance.Enter(context, known, ct);
            if (entered is null)
                return refused!;
            using var held = entered;
            var (flawed, arrival) = await Arrival.Unpack(entered.Dialect, entered.Post, ct);
            return flawed ?? Taken(await doorway.Take(known, arrival!, ct));
        }
        catch (Exception exception) when (exception is StoreUnavailableException or NoRoomException or OutOfMemoryException)
        {
            return Refusals.Unavailable(context);
        }
    }

    static IResult Taken((Guid Ticket, Repeat Repeat) taken)
    {
        if (taken.Repeat is Repeat.OtherBody)
            return Refusals.OtherBody();
        if (taken.Repeat is Repeat.NoRoom)
            return Refusals.NoRoom();
        var ticket = taken.Ticket.ToString("N");
        Activity.Current?.SetTag("ticket", ticket);
        var address = $"/v1/tickets/{ticket}";
        return Results.Accepted(address, new { ticket, address });
    }
}
