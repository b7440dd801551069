using GroupTicketing.Platform;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GroupTicketing.Host;

/// <summary>Traces, metrics, logs and health, the same for every process.</summary>
static class Signals
{
    // The standard variable of OpenTelemetry: set, everything goes there as well.
    const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The meter of .NET itself: memory, collections, threads.
    const string Runtime = "System.Runtime";

    /// <param name="keepsTickets">Whether tickets are kept here: what is pending remembers the trace they were made in.</param>
    public static void AddSignals(this WebApplicationBuilder builder, Configuration configuration, bool keepsTickets)
    {
        var isSent = !string.IsNullOrEmpty(builder.Configuration[Endpoint]);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("GroupTicketing", LogLevel.Information);
        var signals = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("groupticketing"))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name, Runtime));
        // A gateway alone whose spans nobody reads makes none; the caller's trace passes through it.
        if (keepsTickets || isSent)
            signals.WithTracing(tracing =>
                tracing.AddSource(Telemetry.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
            );
        if (configuration.PlatformOptions.Bus is not null)
            signals.WithTracing(tracing => tracing.AddSource("MassTransit"));
        if (configuration.Settings.Metrics.Url is not null)
            signals.WithMetrics(metrics => metrics.AddPrometheusExporter());
        if (isSent)
            signals.WithLogging().UseOtlpExporter();
    }

    /// <summary>
    /// <c>/healthz</c>: alive. <c>/readyz</c>: the store answers, every listener's queue is declared and the gateway
    /// knows every service's address, so that what is
    /// taken is kept and heard.
    /// </summary>
    public static void MapHealth(this WebApplication app, IReadOnlyList<IModule> modules)
    {
        app.MapGet("/healthz", () => Results.Ok(new { status = "alive" }));
        app.MapGet("/readyz", async (IServiceProvider services, CancellationToken ct) =>
            await NotReady(modules, services, ct) is { } missing
                ? Results.Json(new { status = missing }, statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Ok(new { status = "ready" })
        );
    }

    /// <summary>The address of the metrics serves nothing else, and no other address serves them: by the port a call
    /// came in at, not by what its headers say.</summary>
    public static void UseMetrics(this WebApplication app, MetricsSettings metrics)
    {
        if (metrics.Url is not { } url)
            return;
        var port = BindingAddress.Parse(url).Port;
        app.UseWhen(context => context.Connection.LocalPort == port, scraped =>
        {
            scraped.UseOpenTelemetryPrometheusScrapingEndpoint();
            scraped.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
    }

    static async Task<string?> NotReady(IReadOnlyList<IModule> modules, IServiceProvider services, CancellationToken ct)
    {
        if (modules.Select(module => module.Missing).FirstOrDefault(missing => missing is not null) is { } lacking)
            return lacking;
        if (services.GetService<IStore>() is not { } store)
            return null;
        if (!services.GetRequiredService<IBus>().Declared)
            return "queues not declared";
        // Not why: it names a path.
        if (store.Fault() is not null)
            return "the store is not the one that was opened";
        try
        {
            await store.DueTargets(DateTimeOffset.MinValue, ct);
            return null;
        }
        catch (StoreUnavailableException)
        {
            return "store unavailable";
        }
    }
}
