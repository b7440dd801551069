using GroupTicketing.Simulators.Itop;
using Microsoft.AspNetCore.Builder;

namespace GroupTicketing.ItopConformance.Replay;

/// <summary>A simulated iTop on a free port with its own folder, fresh from a seed.</summary>
public sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan CallTakesAtMost = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly string _folder;

    private Stage(WebApplication app, string folder, string seed)
    {
        (_app, _folder) = (app, folder);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = CallTakesAtMost };
        Passwords = new Passwords(seed);
    }

    public HttpClient Http { get; }

    public Passwords Passwords { get; }

    public static async Task<Stage> Start(string seed, TimeProvider clock, bool module = false)
    {
        var folder = Directory.CreateTempSubdirectory("itop-").FullName;
        var path = Path.Combine(Recorded.Folder, seed);
        var app = ItopServer.Build(new ItopOptions("http://127.0.0.1:0", folder, path, 0, module), clock);
        await app.StartAsync();
        return new Stage(app, folder, path);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
