using System.Reflection;

namespace GroupTicketing.Simulators;

/// <summary>What both simulators serve alike.</summary>
public static class Server
{
    public static WebApplication Build(string urls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls.Split(';'));
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(form =>
        {
            form.ValueLengthLimit = 64 * 1024 * 1024;
            form.MultipartBodyLengthLimit = 64 * 1024 * 1024;
        });
        var app = builder.Build();
        app.MapGet("/page.css", () => Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream("page.css")!, "text/css"));
        return app;
    }

    public static void MapFaults(WebApplication app, FaultSwitch faults)
    {
        app.MapGet("/sim/faults", () => faults.Now);
        app.MapPost("/sim/faults", (Faults wanted) => faults.Set(wanted));
    }
}
