using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroupTicketing.Simulators.School;

/// <summary>A simulated school tool: it receives callbacks, sends events, and shows what support and requester see.</summary>
public static class SchoolServer
{
    public static WebApplication Build(SchoolOptions options, TimeProvider clock)
    {
        var store = new SchoolStore(options.Data, clock);
        var ledger = new SchoolLedger(options.Data, clock);
        var faults = new SchoolFaults();
        var signature = new Signature(options.Secret);
        var control = new Control(options, store, new Sender(options.EventsUrl, store, ledger, faults, clock), signature, clock);
        var callbacks = new ReceiveCallback(control, ledger, faults, signature, clock);
        var read = new ReadPort(options, store);
        var pages = new SchoolPages(options.Name, store);

        var app = Server.Create(options.Urls);
        app.Lifetime.ApplicationStopped.Register(store.Dispose);
        app.Lifetime.ApplicationStopped.Register(ledger.Dispose);
        app.MapPost("/callbacks", callbacks.Serve);
        app.MapGet("/read", read.Changed);
        app.MapGet("/read/{ticket}", read.Events);
        app.MapGet("/", () => pages.List());
        app.MapGet("/tickets/{number}", (string number) => pages.Ticket(number));
        app.MapPost("/sim/tickets", (JsonObject data, string? id) => control.Open(data, id));
        app.MapPost("/sim/tickets/{number}/events", (string number, JsonObject said) => control.Say(number, said));
        app.MapPost("/sim/rt", (JsonElement given) => control.Rt(given));
        app.MapGet("/sim/tickets", () => store.All);
        app.MapGet("/sim/tickets/{number}", (string number) =>
            store.Find(number) is { } ticket ? Results.Ok(ticket) : Results.NotFound()
        );
        app.MapGet("/sim/ledger", () => Ledger.Show(ledger.FilePath));
        app.MapGet("/sim/faults", () => faults.Current);
        app.MapPost("/sim/faults", (SchoolFaultSettings settings) => faults.Change(settings));
        return app;
    }
}
