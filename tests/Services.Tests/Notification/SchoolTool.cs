using System.Collections.Concurrent;
using GroupTicketing.Intake.Adapters;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Services.Tests;

/// <summary>A school's tool that answers callbacks, and shows its tickets, as it is told to.</summary>
sealed class SchoolTool : IAsyncDisposable
{
    readonly WebApplication app;

    SchoolTool(WebApplication app) => this.app = app;

    public ConcurrentQueue<(IHeaderDictionary Headers, byte[] Body)> Heard { get; } = [];

    public Func<HttpContext, Task> Answers { get; set; } = _ => Task.CompletedTask;

    /// <summary>What each ticket's page answers.</summary>
    public ConcurrentDictionary<string, (int Status, string Body)> Tickets { get; } = [];

    /// <summary>What the list answers; null: the tickets there are.</summary>
    public string? List { get; set; }

    /// <summary>How often the list is shown before the tool answers nothing any more; null: always.</summary>
    public int? Lists { get; set; }

    /// <summary>What it was asked to show, in its order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public Uri Url => new(Root + "/callbacks");

    /// <summary>INSA Toulouse, told here.</summary>
    public IReadOnlyList<School> Schools => [Demo.Toulouse with { Callback = Demo.Toulouse.Callback! with { Url = Url } }];

    string Root => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<SchoolTool> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var tool = new SchoolTool(app);
        app.MapPost("/callbacks", tool.Hear);
        app.MapGet("/read", tool.Listed);
        app.MapGet("/read/{ticket}", tool.Shown);
        await app.StartAsync();
        return tool;
    }

    /// <summary>From now on it says that the address is gone: lanes stop.</summary>
    public void Goes() => Answers = context =>
    {
        context.Response.StatusCode = StatusCodes.Status410Gone;
        return Task.CompletedTask;
    };

    /// <summary>Shows these events of a ticket, as data of their types.</summary>
    public void Show(string ticket, params IEnumerable<string> events) =>
        Tickets[ticket] = (200, $$"""{"events":[{{string.Join(',', events)}}]}""");

    /// <summary>A product of which INSA Toulouse's tool is this one; it reads only when it is told to.</summary>
    public Task<Door> Reader(TimeSpan every, TimeProvider clock, Action<IServiceCollection>? also = null)
    {
        IReadOnlyList<School> schools =
        [
            Demo.Toulouse with
            {
                Read = new ReadPort(new Uri(Root + "/read"), every),
            },
            Demo.Lyon,
        ];
        return Door.Open(["intake", "portal"], builder =>
        {
            builder.Services.AddSingleton(schools);
            builder.Services.AddSingleton<ReadSchools>(all => ActivatorUtilities.CreateInstance<ReadSchools>(all, clock));
            builder.Services.Remove(
                builder.Services.Last(one =>
                    one.ServiceType == typeof(IHostedService) && one.ImplementationType == typeof(ReadSchools)
                )
            );
            also?.Invoke(builder.Services);
        });
    }

    async Task Hear(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Heard.Enqueue((new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
        await Answers(context);
    }

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
