using System.Collections.Concurrent;
using GroupTicketing.Host;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Services.Tests;

/// <summary>The product as it runs, on an iTop whose catalogue is not what the files say.</summary>
[Collection(Measured.Alone)]
public sealed class WatchCatalogueTests
{
    [Fact]
    public async Task At_its_start_what_has_drifted_is_counted_and_named_in_the_log()
    {
        await using var itop = await ItopWorld.Start();
        await itop.Rename("ServiceSubcategory", "Cours inaccessible", "Cours fermé");

        await using var running = await Running.Start(itop.Url);
        await running.Until(said =>
            said.Contains("catalogue drift: SousService \"OpenMoodle > Cours > Cours inaccessible\" in iTop: Absent")
        );

        (await running.Metric("groupticketing_itop_catalogue_drift")).ShouldBe("1");
    }

    [Fact]
    public async Task The_demo_s_iTop_has_everything_its_files_name()
    {
        await using var itop = await ItopWorld.Start();
        var (catalogue, schools) = (Demo.Directory.Catalogue!, Demo.Directory.Schools);

        Drift
            .Find(
                catalogue,
                schools,
                await new ReadCatalogue(itop.Itop).Read(Drift.Kinds, Drift.People(catalogue, schools), default)
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task While_iTop_does_not_answer_nothing_is_claimed()
    {
        await using var running = await Running.Start(Ports.FreeAddress());
        await running.Until(said => said.Contains("the catalogue could not be compared with iTop: iTop cannot be reached"));

        (await running.Metric("groupticketing_itop_catalogue_drift")).ShouldBeNull();
    }

    /// <summary>The connector alone on the embedded engines, with what it logs.</summary>
    sealed class Running(WebApplication app, string folder, Uri metrics, ConcurrentQueue<string> said) : IAsyncDisposable
    {
        public static async Task<Running> Start(Uri itop)
        {
            var (folder, metrics, said) = (
                Directory.CreateTempSubdirectory("groupticketing-").FullName,
                Ports.FreeAddress(),
                new ConcurrentQueue<string>()
            );
            var settings = Demo.Settings(folder) with
            {
                Itop = new ItopSettings { Url = itop, User = "connecteur", Password = "demo-connecteur" },
                Metrics = new MetricsSettings { Url = $"{metrics}".TrimEnd('/') },
            };
            var app = App.Build(Configuration.Read(settings, Modules.Names), Modules.Open([], settings), builder =>
                builder.Logging.AddProvider(new Lines(said))
            );
            await app.StartAsync();
            return new Running(app, folder, metrics, said);
        }

        public async Task Until(Func<string, bool> isSo)
        {
            for (var tries = 0; !said.Any(isSo); tries++)
            {
                tries.ShouldBeLessThan(200, string.Join('\n', said));
                await Task.Delay(50);
            }
        }

        public async Task<string?> Metric(string name)
        {
            using var http = new HttpClient();
            var line = (await http.GetStringAsync(new Uri(metrics, "metrics")))
                .Split('\n')
                .FirstOrDefault(one => one.StartsWith(name + "{", StringComparison.Ordinal));
            return line?.Split(' ')[^1];
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    sealed class Lines(ConcurrentQueue<string> said) : ILoggerProvider, ILogger
    {
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
        ) => said.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
