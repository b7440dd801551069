using System.Text.Json.Serialization;
using GroupTicketing.Gateway;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Hosting;

namespace GroupTicketing.Host;

/// <summary>Builds the process: the house, the modules named, and what every process answers.</summary>
public static class App
{
    /// <summary>The application, not started.</summary>
    public static WebApplication Build(
        Configuration configuration,
        IReadOnlyList<IModule> modules,
        Action<WebApplicationBuilder>? also = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "GroupTicketing" });
        builder.WebHost.UseUrls([
            .. configuration.Settings.Urls.Split(';'),
            .. configuration.Settings.Metrics.Url is { } metrics ? [metrics] : Array.Empty<string>(),
        ]);
        builder.WebHost.ConfigureKestrel(Limits.Set);
        builder.Services.Configure<JsonOptions>(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase))
        );
        builder.Services.AddFailures();
        AddDirectory(builder.Services, configuration);
        foreach (var module in modules)
            module.Services(builder.Services);
        // The gateway alone keeps nothing and says nothing: it needs no house.
        var keepsTickets = modules.Any(module => module is not GatewayModule);
        if (keepsTickets && configuration.PlatformOptions.Store is null)
            Umask.Close(configuration.PlatformOptions.Data);
        if (keepsTickets)
            builder.Services.AddPlatform(
                configuration.PlatformOptions,
                new FactMessages(modules.SelectMany(module => module.OwnMessages)),
                FactMessages.Subscriptions()
            );
        builder.Services.AddHostedService<StartCollected>();
        builder.AddSignals(configuration, keepsTickets);
        also?.Invoke(builder);
        var app = builder.Build();
        app.UseBrowserHeaders();
        app.UseMetrics(configuration.Settings.Metrics);
        app.UseProxies(configuration.Settings.Proxies);
        app.UseLanguage();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                StatusCodeSelector = Failures.StatusOf,
                SuppressDiagnosticsCallback = context =>
                    Failures.StatusOf(context.Exception) != StatusCodes.Status500InternalServerError,
            }
        );
        app.UseStatusCodePages();
        foreach (var module in modules)
            module.Before(app);
        app.UseNeededKeys();
        app.UseFailures();
        app.MapHealth(modules);
        foreach (var module in modules)
            module.Endpoints(app);
        return app;
    }

    static void AddDirectory(IServiceCollection services, Configuration configuration)
    {
        services.AddSingleton(configuration.Catalogue!);
        services.AddSingleton(configuration.Calendar!);
        services.AddSingleton(configuration.Schools);
        services.AddSingleton(configuration.Secrets);
        if (configuration.Itop is { } itop)
            services.AddSingleton(itop);
    }
}

/// <summary>What starting up took is given back once: in a process that waits for tickets nothing else makes the
/// collector look for it.</summary>
sealed class StartCollected : BackgroundService
{
    // By then the queues are declared and the pools filled.
    static readonly TimeSpan Started = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Started, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
