using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// At its start and every hour, whether iTop still has what the route tree and the schools' files name: what has
/// drifted is counted and told by name, before a ticket is refused there.
/// </summary>
sealed partial class WatchCatalogue(
    ReadCatalogue iTop,
    ItopPolling polling,
    Catalogue catalogue,
    IReadOnlyList<School> schools,
    ItopOptions options,
    TimeProvider clock,
    ILogger<WatchCatalogue> logger
) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    // Whoever polls says already that iTop does not answer.
    static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    int? drifted;
    DateTimeOffset next;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nothing until it was looked at, and by the instance that looks only: none is no drift.
        Telemetry.Meter.CreateObservableGauge(
            "groupticketing.itop.catalogue_drift",
            Measured,
            "{name}",
            "Names of the route tree and the schools' files that iTop does not have so."
        );
        var rounds = new Rounds(Look, "the catalogue could not be compared with iTop", clock, logger)
        {
            First = TimeSpan.Zero,
        };
        try
        {
            await rounds.Run(Turn, stoppingToken);
        }
        finally
        {
            drifted = null;
        }
    }

    async Task Turn(CancellationToken ct)
    {
        if (!polling.Leads)
            drifted = null;
        else if (clock.GetUtcNow() >= next)
            await Compare(ct);
    }

    async Task Compare(CancellationToken ct)
    {
        var wait = Again;
        try
        {
            await Count(ct);
            wait = options.CatalogueEvery;
        }
        finally
        {
            next = clock.GetUtcNow() + wait;
        }
    }

    async Task Count(CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.Deadline * 2);
        var has = await iTop.Read(Drift.Kinds, Drift.People(catalogue, schools), deadline.Token);
        var found = Drift.Find(catalogue, schools, has);
        foreach (var kind in has.Closed)
            Log.Closed(logger, kind);
        foreach (var one in found)
            Log.Drifted(logger, one.Kind, one.Name, one.How);
        drifted = found.Count + has.Closed.Count;
    }

    IEnumerable<System.Diagnostics.Metrics.Measurement<int>> Measured() => drifted is { } count ? [new(count)] : [];

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "catalogue drift: {Kind} \"{Name}\" in iTop: {How}; tickets for it are refused until it is mended "
                + "there or in the files"
        )]
        public static partial void Drifted(ILogger logger, ItopKind kind, string name, DriftKind how);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "catalogue drift: the connector's account may not read any {Kind} in iTop"
        )]
        public static partial void Closed(ILogger logger, ItopKind kind);
    }
}
