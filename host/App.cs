using System.Text.Json.Serialization;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Http.Json;

namespace GroupTicketing.Host;

/// <summary>Builds the process: the house, the modules named, and what every process answers.</summary>
public static class App
{
    /// <summary>The application, not started.</summary>
    public static WebApplication Build(Configuration configuration, IReadOnlyList<IModule> modules, Action<WebApplicationBuilder>? also = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "GroupTicketing" });
        builder.WebHost.UseUrls(configuration.Settings.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        builder.Services.Configure<JsonOptions>(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase)));
        builder.Services.AddProblemDetails();
        AddDirectory(builder.Services, configuration);
        foreach (var module in modules)
            module.Services(builder.Services);
        builder.Services.AddHouse(configuration.Settings.Data, new FactMessages(modules.SelectMany(module => module.OwnMessages)), FactMessages.Heard());
        builder.AddSignals();
        also?.Invoke(builder);
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Services.GetRequiredService<Gauges>();
        app.MapHealth();
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
