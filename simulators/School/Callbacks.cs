using System.Text.Json;

namespace GroupTicketing.Simulators.School;

/// <summary><c>POST /callbacks</c>: what the group tells, checked as a careful tool would.</summary>
public sealed class Callbacks(SchoolOptions options, SchoolStore store, FaultSwitch faults, TimeProvider clock)
{
    public async Task<IResult> Receive(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy);
        var body = copy.ToArray();
        var now = faults.Next();
        if (now.CallbackDelayMs > 0)
            await Task.Delay(now.CallbackDelayMs);
        var id = $"{context.Request.Headers["webhook-id"]}";
        if (!Signature.IsRight(options.Secret, context.Request.Headers, body, clock.GetUtcNow()))
            return Results.Problem(statusCode: 401, title: "Signature non valable");
        var told = Parse(body);
        if (now.CallbackStatus is { } status)
            return Fault(context, id, told, status, now.RetryAfter);
        var isNew = store.Take(id, told);
        store.Line("told", id, told.Ticket, told.Type, 204, !isNew, told.Reference);
        if (faults.Happens(now.DropAnswerShare))
            context.Abort();
        return Results.NoContent();
    }

    private IResult Fault(HttpContext context, string id, Told told, int status, int? retryAfter)
    {
        if (retryAfter is { } seconds)
            context.Response.Headers.RetryAfter = $"{seconds}";
        if (status is >= 300 and < 400)
            context.Response.Headers.Location = "/elsewhere";
        store.Line("told", id, told.Ticket, told.Type, status, false, told.Reference);
        return Results.StatusCode(status);
    }

    private Told Parse(byte[] body)
    {
        var root = JsonDocument.Parse(body).RootElement;
        var data = root.GetProperty("data");
        string? Text(string name) => data.TryGetProperty(name, out var value) ? value.GetString() : null;

        return new Told(
            Text("ticket")!,
            root.GetProperty("type").GetString()!,
            clock.GetUtcNow(),
            Text("reference"),
            Text("url"),
            Text("state"),
            Text("audience") ?? "support",
            Text("solution") ?? Text("text") ?? Text("reason"),
            Text("author"),
            data.TryGetProperty("file", out var file) ? file.Clone() : null);
    }
}
