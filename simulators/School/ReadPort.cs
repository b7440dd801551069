namespace GroupTicketing.Simulators.School;

/// <summary>What the tool shows to whoever bears its secret: which tickets something happened to, and what.</summary>
public sealed class ReadPort(SchoolOptions options, SchoolStore store)
{
    public IResult Changed(HttpRequest request, DateTimeOffset since) =>
        MayRead(request) ? Results.Ok(new { tickets = store.SaidSince(since) }) : Results.Unauthorized();

    public IResult Events(HttpRequest request, string ticket)
    {
        if (!MayRead(request))
            return Results.Unauthorized();
        var events = store.SaidOf(ticket);
        return events.Count == 0 ? Results.NotFound() : Results.Ok(new { events });
    }

    private bool MayRead(HttpRequest request) =>
        options.Secret.Split(' ').Any(secret => request.Headers.Authorization == $"Bearer {secret}");
}
