using System.Net;
using System.Net.Sockets;
using GroupTicketing.Host;

namespace GroupTicketing.Services.Tests;

/// <summary>Metrics have an address of their own: it serves nothing else, and the public one does not serve them.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
    readonly int port = Ports.Free();
    Door door = null!;
    HttpClient scraper = null!;

    public async ValueTask InitializeAsync()
    {
        door = await Door.Open(["routing"], set: settings =>
            settings with
            {
                Metrics = new MetricsSettings { Url = $"http://127.0.0.1:{port}" },
            }
        );
        scraper = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public async ValueTask DisposeAsync()
    {
        scraper.Dispose();
        await door.DisposeAsync();
    }

    [Fact]
    public async Task What_operators_watch_is_there_under_its_name()
    {
        string[] names =
        [
            "groupticketing_quarantine",
            "groupticketing_working_hours",
            "groupticketing_triage_oldest_working_seconds",
            "groupticketing_waiting",
            "groupticketing_data_free_bytes",
            "groupticketing_data_size_bytes",
            "dotnet_process_memory_working_set_bytes",
        ];

        await Door.Until(
            async () =>
                await Scraped() is var metrics && names.All(name => metrics.Contains($"\n{name}{{", StringComparison.Ordinal))
                    ? "shown"
                    : null,
            "all are counted"
        );

        Task<string> Scraped() => scraper.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Its_address_serves_nothing_else() =>
        (await scraper.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task The_public_address_does_not_serve_them_whatever_host_is_asked_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = $"127.0.0.1:{port}" } };

        (await door.Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
