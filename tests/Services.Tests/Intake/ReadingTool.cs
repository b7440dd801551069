using System.Collections.Concurrent;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Services.Tests.Intake;

/// <summary>A school's tool that shows what it is told to, and a product that reads it.</summary>
sealed class ReadingTool : IAsyncDisposable
{
    readonly WebApplication app;

    ReadingTool(WebApplication app) => this.app = app;

    /// <summary>What each ticket's page answers.</summary>
    public ConcurrentDictionary<string, (int Status, string Body)> Tickets { get; } = [];

    /// <summary>What the list answers; null: the tickets there are.</summary>
    public string? List { get; set; }

    /// <summary>What was asked, in its order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public static async Task<ReadingTool> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var tool = new ReadingTool(app);
        app.MapGet("/read", tool.Listed);
        app.MapGet("/read/{ticket}", tool.Shown);
        await app.StartAsync();
        return tool;
    }

    /// <summary>A product of which INSA Toulouse's tool is this one; it reads only when it is told to.</summary>
    public Task<Door> Product(TimeSpan every, TimeProvider clock)
    {
        var url = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/read"
        );
        IReadOnlyList<School> schools = [Demo.Toulouse with { Read = new ReadPort(url, every) }, Demo.Lyon];
        return Door.Open(["intake", "console"], builder =>
        {
            builder.Services.AddSingleton(schools);
            builder.Services.AddSingleton<ReadSchools>(all => ActivatorUtilities.CreateInstance<ReadSchools>(all, clock));
            builder.Services.Remove(
                builder.Services.Last(one =>
                    one.ServiceType == typeof(IHostedService) && one.ImplementationType == typeof(ReadSchools)
                )
            );
        });
    }

    /// <summary>Shows these events of a ticket, as data of their types.</summary>
    public void Show(string ticket, params IEnumerable<string> events) =>
        Tickets[ticket] = (200, $$"""{"events":[{{string.Join(',', events)}}]}""");

    /// <summary>How often the list is shown before the tool answers nothing any more; null: always.</summary>
    public int? Lists { get; set; }

    IResult Listed()
    {
        Asked.Enqueue("list");
        if (Asked.Count(one => one == "list") > Lists)
            return Results.StatusCode(503);
        return Results.Text(
            List ?? $$"""{"tickets":[{{string.Join(',', Tickets.Keys.Order().Select(ticket => $"\"{ticket}\""))}}]}""",
            "application/json"
        );
    }

    IResult Shown(string ticket)
    {
        Asked.Enqueue(ticket);
        return Tickets.TryGetValue(ticket, out var shown)
            ? Results.Text(shown.Body, "application/json", statusCode: shown.Status)
            : Results.NotFound();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
