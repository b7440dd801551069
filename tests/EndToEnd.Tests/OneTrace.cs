using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GroupTicketing.Host;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using GroupTicketing.Simulators.Itop;
using GroupTicketing.Simulators.School;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace GroupTicketing.EndToEnd.Tests;

/// <summary>One trace from a school's post to the last callback, and nothing personal in traces, logs or metrics.</summary>
public sealed class OneTrace : IAsyncLifetime
{
    const string Canary = "canari-7f3a";

    readonly string folder = Directory.CreateTempSubdirectory("groupticketing-").FullName;
    readonly List<Activity> spans = [];
    readonly List<Metric> metrics = [];
    readonly Lines log = new();
    readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    WebApplication itop = null!, school = null!, product = null!;
    string key = "";

    public async ValueTask InitializeAsync()
    {
        var demo = Path.Combine(AppContext.BaseDirectory, "deploy", "demo");
        itop = ItopServer.Build(
            new ItopOptions("http://127.0.0.1:0", Path.Combine(folder, "itop"), Path.Combine(demo, "itop-seed.json"), 5),
            TimeProvider.System
        );
        await itop.StartAsync();
        var productUrl = "http://127.0.0.1:5391";
        var settings = new HostSettings
        {
            Data = Path.Combine(folder, "product"),
            Directory = demo,
            InsecureDemo = true,
            Outside = new OutsideSettings { Allow = "127.0.0.0/8", Http = true },
            Urls = productUrl,
            Itop = new ItopSettings
            {
                Url = new Uri(itop.Urls.First()),
                User = "connecteur",
                Password = "demo-connecteur",
                PollEvery = TimeSpan.FromSeconds(1),
            },
        };
        var configuration = Configuration.Read(settings, Modules.Names);
        configuration.Errors.ShouldBeEmpty();
        var secret = configuration.Secrets["toulouse"].Webhook[0];
        school = SchoolServer.Build(
            new SchoolOptions(
                "http://127.0.0.1:0",
                Path.Combine(folder, "school"),
                "toulouse",
                "INSA Toulouse",
                productUrl,
                secret,
                null
            ),
            TimeProvider.System
        );
        await school.StartAsync();
        var callback = new Uri(new Uri(school.Urls.First()), "callbacks");
        var here = configuration
            .Schools.Select(one => one.Callback is null ? one : one with { Callback = one.Callback with { Url = callback } })
            .ToList();
        product = App.Build(configuration with { Schools = here }, Modules.Open([], settings), builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
            builder.Services.AddOpenTelemetry()
                .WithTracing(tracing => tracing.AddInMemoryExporter(spans))
                .WithMetrics(reading => reading.AddInMemoryExporter(metrics));
        });
        await product.StartAsync();
        key = await product.Services.GetRequiredService<Keys>().New("toulouse", "test", CancellationToken.None);
    }

    [Fact]
    public async Task Every_hop_of_a_post_is_in_its_trace()
    {
        await HandOver("9101");
        await Told("9101", "group.referenced");
        product.Services.GetRequiredService<TracerProvider>().ForceFlush();

        Activity[] seen = [.. spans];
        var post = seen.First(span => span.DisplayName.StartsWith("POST /v1/schools", StringComparison.Ordinal));
        string[] hops =
        [
            "say intake-routing",
            "say routing-itop",
            "call create",
            "say itop-routing",
            "say routing-notification",
            "call referenced",
        ];
        foreach (var hop in hops)
        {
            var span = seen.FirstOrDefault(one => one.DisplayName == hop && one.TraceId == post.TraceId);
            span.ShouldNotBeNull(
                $"{hop} is not in the trace of the post; "
                + $"seen: {string.Join(", ", seen.Select(one => one.DisplayName).Distinct())}"
            );
        }
    }

    [Fact]
    public async Task Nothing_personal_is_in_traces_logs_or_metrics()
    {
        await HandOver("9102");
        await Told("9102", "group.referenced");
        await Post(
            GenericEvent(
                "9102",
                "ticket.commented",
                new JsonObject
                {
                    ["id"] = "c1",
                    ["text"] = $"{Canary} texte",
                    ["by"] = "requester",
                    ["author"] = $"{Canary} nom",
                }
            )
        );
        using (var refused = await Post(GenericEvent("9102", $"{Canary}.type", new JsonObject { ["text"] = Canary })))
            (await refused.Content.ReadAsStringAsync()).ShouldNotContain(
                Canary,
                Case.Insensitive,
                "an error answer never quotes what was sent"
            );
        await Until(() => Entry("9102"));
        product.Services.GetRequiredService<TracerProvider>().ForceFlush();
        product.Services.GetRequiredService<MeterProvider>().ForceFlush();

        spans.Count.ShouldBeGreaterThan(10);
        log.All.ShouldNotBeEmpty();
        metrics.ShouldNotBeEmpty();
        Activity[] seen = [.. spans];
        seen.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Append(span.DisplayName))
            .Where(text => text.Contains(Canary))
            .ShouldBeEmpty();
        log.All.Where(line => line.Contains(Canary)).ShouldBeEmpty();
        Tags().Where(text => text.Contains(Canary)).ShouldBeEmpty();
        Tags().Where(text => text.Contains("9102")).ShouldBeEmpty("no ticket is a label");
        foreach (var counted in new[] { "accepted", "refused", "routed", "created", "told", "reference.duration" })
            metrics.ShouldContain(metric => metric.Name == $"groupticketing.{counted}");
    }

    [Fact]
    public void What_is_pending_and_the_age_of_the_oldest_are_gauges()
    {
        var names = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => names.Add(instrument.Name) };

        listener.Start();

        names.ShouldContain("groupticketing.pending");
        names.ShouldContain("groupticketing.pending.oldest");
    }

    IEnumerable<string> Tags()
    {
        foreach (var metric in metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                var text = metric.Name;
                foreach (var tag in point.Tags)
                    text += $" {tag.Key}={tag.Value}";
                yield return text;
            }
        }
    }

    async Task HandOver(string ticket)
    {
        var data = new JsonObject
        {
            ["title"] = $"{Canary} titre",
            ["description"] = $"{Canary} description",
            ["brique"] = "Scénari",
            ["category"] = $"{Canary} catégorie",
            ["service"] = "Gestion des comptes",
            ["sousService"] = "Création de compte",
            ["requester"] = new JsonObject { ["name"] = $"{Canary} demandeur", ["email"] = $"{Canary}@toulouse.example" },
        };
        using var answer = await Post(GenericEvent(ticket, "ticket.opened", data));
        ((int)answer.StatusCode).ShouldBe(202, await answer.Content.ReadAsStringAsync());
    }

    static JsonObject GenericEvent(string ticket, string type, JsonObject data) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = $"{ticket}-{type}",
        ["source"] = "https://support.toulouse.example",
        ["type"] = type,
        ["subject"] = ticket,
        ["time"] = "2026-11-24T09:12:00+01:00",
        ["data"] = data,
    };

    Task<HttpResponseMessage> Post(JsonObject body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{product.Urls.First()}/v1/schools/toulouse/events")
        {
            Content = Body.Of(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http.SendAsync(request);
    }

    Task Told(string ticket, string type) => Until(async () =>
    {
        using var answer = await http.GetAsync($"{school.Urls.First()}/sim/tickets/{ticket}");
        return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains(type);
    });

    Task<bool> Entry(string ticket) =>
        Task.FromResult(
            File.ReadAllText(Path.Combine(folder, "itop", "itop-ledger.jsonl"))
                .Split('\n')
                .Any(line => line.Contains($"[toulouse:{ticket}]") && line.Contains("texte"))
        );

    static async Task Until(Func<Task<bool>> isSo)
    {
        var until = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        while (!await isSo())
        {
            (DateTime.UtcNow < until).ShouldBeTrue("not within 20 s");
            await Task.Delay(50);
        }
        await Task.Delay(300);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { product, school, itop })
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    sealed class Lines : ILoggerProvider, ILogger
    {
        readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> All => lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
