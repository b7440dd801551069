using System.Text.Json;

namespace GroupTicketing.Simulators.School;

/// <summary><c>POST /callbacks</c>: what GroupTicketing tells the school.</summary>
public sealed class ReceiveCallback(
    Control control,
    SchoolLedger ledger,
    SchoolFaults faults,
    Signature signature,
    TimeProvider clock
)
{
    public async Task Serve(HttpContext http)
    {
        var body = await Body(http.Request);
        var headers = http.Request.Headers;
        var problem = signature.Problem(
            headers["webhook-id"],
            headers["webhook-timestamp"],
            headers["webhook-signature"],
            body,
            clock.GetUtcNow()
        );
        if (problem is not null)
            await Refuse(http, 401, problem);
        else if (Read(body) is not { } callback)
            await Refuse(http, 400, "Le corps n'est pas un document CloudEvents 1.0 en JSON.");
        else
            await Take(http, callback with { Id = $"{headers["webhook-id"]}" });
    }

    private async Task Take(HttpContext http, CloudEvent callback)
    {
        var (fault, dropsAnswer) = faults.Next();
        if (fault.CallbackStatus is { } status)
        {
            Note(callback, status, repeat: false);
            if (fault.RetryAfter is { } seconds)
                http.Response.Headers.RetryAfter = $"{seconds}";
            if (status is >= 300 and < 400)
                http.Response.Headers.Location = "/callbacks";
            http.Response.StatusCode = status;
            return;
        }
        var isNew = control.Store.Take(callback);
        Note(callback, dropsAnswer ? 0 : 200, !isNew);
        if (isNew && callback.Type == "group.opened")
            http.Response.OnCompleted(() => control.Link(callback));
        if (fault.CallbackDelayMs > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(fault.CallbackDelayMs), clock);
        if (dropsAnswer)
            http.Abort();
        else
            await http.Response.WriteAsJsonAsync(new { ticket = callback.Subject, repeat = !isNew }, CancellationToken.None);
    }

    private void Note(CloudEvent callback, int status, bool repeat) =>
        ledger.Write(
            "told",
            callback.Id,
            callback.Subject,
            callback.Type,
            status,
            repeat,
            control.Store.Find(callback.Subject)?.Reference,
            callback.Sequence
        );

    private static CloudEvent? Read(byte[] body)
    {
        try
        {
            var callback = JsonSerializer.Deserialize<CloudEvent>(body, Journal.Json);
            var complete =
                callback is
                { Specversion: "1.0", Id: not null, Type: not null, Subject: not null, Data.ValueKind: JsonValueKind.Object };
            return complete && callback!.Data.Deserialize<ToldData>(Journal.Json) is not null ? callback : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<byte[]> Body(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, CancellationToken.None);
        return body.ToArray();
    }

    private static async Task Refuse(HttpContext http, int status, string detail)
    {
        var problem = new
        {
            type = "about:blank",
            title = status == 401 ? "Signature refusée" : "Corps illisible",
            status,
            detail,
        };
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(
            problem,
            options: null,
            contentType: "application/problem+json",
            CancellationToken.None
        );
    }
}
