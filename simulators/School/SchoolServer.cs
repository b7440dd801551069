using System.Text.Json;
using System.Text.Json.Nodes;
using GroupTicketing.Simulators.Pages;

namespace GroupTicketing.Simulators.School;

/// <summary>A school's ticketing tool: takes callbacks, sends events, and shows what its support and its requesters see.</summary>
public static class SchoolServer
{
    public static WebApplication Build(SchoolOptions options, TimeProvider clock)
    {
        var store = new SchoolStore(options.Data, clock);
        var faults = new FaultSwitch();
        var sender = new Sender(options, store, clock);
        var callbacks = new Callbacks(options, store, faults, clock);
        var app = Server.Build(options.Urls);
        app.MapPost("/callbacks", (Delegate)callbacks.Receive);
        app.MapPost("/sim/tickets", (JsonObject data) => Open(store, sender, data));
        app.MapPost("/sim/tickets/{number}/events", (string number, Happening happening) => sender.Event(number, happening.Type, happening.Data ?? [], happening.Id));
        app.MapPost("/sim/rt", (JsonElement recorded) => Rt(store, sender, recorded.GetProperty("body")));
        app.MapGet("/sim/tickets", () => store.Tickets);
        app.MapGet("/sim/tickets/{number}", (string number) => store.Find(number) is { } found ? Results.Ok(found) : Results.NotFound());
        app.MapGet("/sim/ledger", () => Results.Text(File.ReadAllText(store.LedgerPath), "application/x-ndjson"));
        Server.MapFaults(app, faults);
        app.MapGet("/", () => Results.Content(SchoolPages.Tickets(options.Name, store.Tickets), "text/html; charset=utf-8"));
        app.MapGet("/tickets/{number}", (string number) =>
            store.Find(number) is { } found ? Results.Content(SchoolPages.Ticket(options.Name, found), "text/html; charset=utf-8") : Results.NotFound());
        app.Lifetime.ApplicationStopped.Register(store.Dispose);
        return app;
    }

    private static Task<Sent> Open(SchoolStore store, Sender sender, JsonObject data)
    {
        var number = data["number"]?.GetValue<string>() ?? store.NextNumber();
        store.Note(new Act(number, null, data["title"]?.GetValue<string>(), null));
        data["number"] = number;
        return sender.Event(number, "ticket.opened", data, data["eventId"]?.GetValue<string>());
    }

    private static Task<Sent> Rt(SchoolStore store, Sender sender, JsonElement recorded)
    {
        var ticket = recorded.GetProperty("ticket");
        store.Note(new Act(ticket.GetProperty("id").ToString(), null, ticket.GetProperty("subject").GetString(), null));
        return sender.Rt(recorded);
    }

    /// <summary>Something that happens to a ticket of the tool.</summary>
    /// <param name="Id">The event's id, to repeat one on purpose.</param>
    public sealed record Happening(string Type, JsonObject? Data, string? Id = null);
}
