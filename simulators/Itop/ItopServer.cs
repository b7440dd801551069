using GroupTicketing.Simulators.Itop.Model;
using GroupTicketing.Simulators.Itop.Rest;
using GroupTicketing.Simulators.Itop.Store;

namespace GroupTicketing.Simulators.Itop;

/// <summary>A simulated iTop 3.2.0: REST, the pages for people, and what tests ask of it under <c>/sim</c>.</summary>
public static class ItopServer
{
    public static WebApplication Build(ItopOptions options, TimeProvider clock)
    {
        var store = new ItopStore(options.Data, clock);
        if (store.IsEmpty && options.Seed is not null)
            new Seeding(store).Fill(options.Seed);
        LocalAccounts.MakeProfiles(store);
        var faults = new Faults(options.LatencyMs, clock);
        var calls = new CallCounter();
        var rest = new RestEndpoint(new RestApi(store, clock, faults, calls), faults, calls);
        var pages = new ItopPages(store);

        var app = Server.Create(options.Urls);
        var (installed, indexed) = (options.Module, false);
        app.Use(next => http =>
        {
            OptionalModule.IsInstalled = installed;
            OptionalModule.IsIndexed = indexed;
            return next(http);
        });
        app.Lifetime.ApplicationStopped.Register(store.Dispose);
        app.Map("/webservices/rest.php", rest.Serve);
        app.MapGet("/webservices/status.php", rest.Status);
        app.MapGet("/", () => pages.List());
        app.MapGet("/tickets/{id:int}", (int id) => pages.Ticket(id));
        app.MapGet("/pages/UI.php", (int id) => pages.Ticket(id));
        app.MapGet("/sim/ledger", () => Ledger.Show(store.LedgerPath));
        app.MapGet("/sim/calls", () => calls.Counts);
        app.MapGet("/sim/calls/last", () => calls.Last);
        app.MapPost("/sim/calls/reset", calls.Reset);
        app.MapPost("/sim/next", (UsedUp used) => store.UseUp(used.Ids ?? [], used.Reference));
        app.MapPost("/sim/module/{isInstalled:bool}", (bool isInstalled, bool? isIndexed) =>
        {
            (installed, indexed) = (isInstalled, isIndexed is true);
        });
        app.MapGet("/sim/faults", () => faults.Current);
        app.MapGet("/sim/held", () => new { now = faults.Held.Now, most = faults.Held.Most });
        app.MapPost("/sim/faults", (FaultSettings settings) => faults.Change(settings));
        return app;
    }
}
