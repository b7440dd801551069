using System.Net;
using System.Net.Http.Headers;
using GroupTicketing.Contracts;
using GroupTicketing.Host;
using GroupTicketing.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace GroupTicketing.Services.Tests;

/// <summary>A real process' doors, with a store of its own, on a free port.</summary>
sealed class Door : IAsyncDisposable
{
    readonly WebApplication app;

    Door(WebApplication app, string data)
    {
        (this.app, Data) = (app, data);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(
                app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            ),
        };
    }

    public string Data { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<Door> Open(
        string[] services,
        Action<WebApplicationBuilder>? also = null,
        Func<HostSettings, HostSettings>? set = null
    )
    {
        var data = Directory.CreateTempSubdirectory("groupticketing-").FullName;
        var settings = set is null ? Demo.Settings(data) : set(Demo.Settings(data));
        var app = App.Build(Configuration.Read(settings, services), Modules.Open(services, settings), also);
        await app.StartAsync();
        return new Door(app, data);
    }

    public Task<string> Key(string holder) => Services.GetRequiredService<Keys>().New(holder, "test", default);

    public async Task<HttpResponseMessage> Get(string address, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await Http.SendAsync(request);
    }

    /// <summary>Posts JSON, with a key when given.</summary>
    public async Task<HttpResponseMessage> Send(string address, string json = "{}", string? key = null, string language = "fr")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await Http.SendAsync(request);
    }

    /// <summary>Lets a service hear a fact as the bus would.</summary>
    public Task Hear(string service, object fact) =>
        Services.GetServices<IDocuments>().Single(one => one.Name == service).Hear(fact, CancellationToken.None);

    /// <summary>Lets Notification hear that INSA Toulouse is to be told this of its ticket 4512.</summary>
    public Task Want(Guid id, SchoolNews news, long number) =>
        Hear(
            "notification",
            new SchoolUpdateWanted(
                new Heading(id, "toulouse", Demo.Now, null, 0, number),
                news,
                Audience.Support,
                new SchoolTicket("4512", "4512"),
                "open",
                "R-000123"
            )
        );

    /// <summary>Waits, at most ten seconds, until it is so.</summary>
    public static async Task<T> Until<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10))
        {
            if (await look() is { } seen)
                return seen;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"not within 10 s: {what}");
    }

    /// <summary>Posts an event as a school, signed unless a key is given.</summary>
    public async Task<HttpResponseMessage> Post(
        byte[] body,
        string school = "toulouse",
        string id = "msg_1",
        DateTimeOffset? at = null,
        string? key = null,
        bool signed = true
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/schools/{school}/events")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        else if (signed)
            Sign(request, body, id, at ?? TimeProvider.System.GetUtcNow());
        return await Http.SendAsync(request);
    }

    /// <summary>Posts as INSA Toulouse by its key, whatever the content is.</summary>
    public async Task<HttpResponseMessage> Post(HttpContent content, string key, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/schools/toulouse/events") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TransferEncodingChunked = isChunked ? true : null;
        return await Http.SendAsync(request);
    }

    static void Sign(HttpRequestMessage request, byte[] body, string id, DateTimeOffset at)
    {
        var reference = Demo.Toulouse.Secrets.Webhook[0].Text["demo:".Length..];
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", StandardWebhooks.Seconds(at));
        request.Headers.Add("webhook-signature", StandardWebhooks.Sign([reference], id, at, body));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }
}
