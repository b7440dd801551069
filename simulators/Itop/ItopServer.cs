using GroupTicketing.Simulators.Itop.Rest;
using GroupTicketing.Simulators.Itop.Store;
using GroupTicketing.Simulators.Pages;

namespace GroupTicketing.Simulators.Itop;

/// <summary>An iTop 3.2.0 that answers as the observed one, over HTTP.</summary>
public static class ItopServer
{
    public static WebApplication Build(ItopOptions options, TimeProvider clock)
    {
        var store = new ItopStore(options.Data, clock);
        if (store.IsEmpty && options.Seed is { } seed)
            Seed.Plant(seed, store);
        var accounts = new Accounts(store);
        var (faults, count) = (new FaultSwitch(), new CallCount());
        var rest = new RestEndpoint(store, new Operations(store, new LocalTime(clock), accounts), accounts, faults, count);
        var app = Server.Build(options.Urls);
        app.Map("/webservices/rest.php", context => rest.Handle(context, options.Latency));
        app.MapGet("/webservices/status.php", () => new { status = "RUNNING", code = 0, message = "" });
        app.MapGet("/sim/ledger", () => Results.File(LedgerOf(store.LedgerPath), "application/x-ndjson"));
        app.MapGet("/sim/calls", () => count.Calls);
        app.MapPost("/sim/calls/reset", count.Reset);
        Server.MapFaults(app, faults);
        app.MapGet("/", () => Results.Content(ItopPages.Tickets(store), "text/html; charset=utf-8"));
        app.MapGet("/tickets/{id:int}", (int id) => Page(store, id));
        app.MapGet("/pages/UI.php", (int id) => Page(store, id));
        app.Lifetime.ApplicationStopped.Register(store.Dispose);
        return app;
    }

    private static IResult Page(ItopStore store, int id) =>
        store.Find("UserRequest", id) is { } ticket ? Results.Content(ItopPages.Ticket(store, ticket), "text/html; charset=utf-8") : Results.NotFound();

    private static byte[] LedgerOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
