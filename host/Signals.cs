using GroupTicketing.Platform;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GroupTicketing.Host;

/// <summary>Traces, metrics, logs and health, the same for every process.</summary>
static class Signals
{
    public static void AddSignals(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("GroupTicketing", LogLevel.Information);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("groupticketing"))
            .WithTracing(tracing => tracing.AddSource(Telemetry.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name));
    }

    /// <summary><c>/healthz</c>: alive. <c>/readyz</c>: the store answers, so that what is taken is kept.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Ok(new { status = "alive" }));
        app.MapGet("/readyz", async (IStore store, CancellationToken ct) =>
        {
            try
            {
                await store.OwedByTarget(ct);
                return Results.Ok(new { status = "ready" });
            }
            catch (StoreUnavailableException)
            {
                return Results.Json(new { status = "store unavailable" }, statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
    }
}
