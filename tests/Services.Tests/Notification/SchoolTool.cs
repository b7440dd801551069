using System.Collections.Concurrent;
using GroupTicketing.Directory;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Services.Tests;

/// <summary>A school's tool that answers callbacks as it is told to.</summary>
sealed class SchoolTool : IAsyncDisposable
{
    readonly WebApplication app;

    SchoolTool(WebApplication app) => this.app = app;

    public ConcurrentQueue<(IHeaderDictionary Headers, byte[] Body)> Heard { get; } = [];

    public Func<HttpContext, Task> Answers { get; set; } = _ => Task.CompletedTask;

    /// <summary>INSA Toulouse, told here.</summary>
    public IReadOnlyList<School> Schools => [Demo.Toulouse with { Callback = Demo.Toulouse.Callback! with { Url = Url } }];

    /// <summary>From now on it says that the address is gone: lanes stop.</summary>
    public void Goes() => Answers = context =>
    {
        context.Response.StatusCode = StatusCodes.Status410Gone;
        return Task.CompletedTask;
    };

    public Uri Url =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/callbacks");

    public static async Task<SchoolTool> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var tool = new SchoolTool(app);
        app.MapPost("/callbacks", tool.Hear);
        await app.StartAsync();
        return tool;
    }

    async Task Hear(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Heard.Enqueue((new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
        await Answers(context);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
