using System.Text;
using System.Text.Json;
using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Reads each school's tool from time to time, and when asked: what its webhooks did not bring goes through the same documents. Nothing is ever written to a tool here.</summary>
sealed partial class ReadSchools(LookAtTicket look, IStore store, Leadership leadership, TimeProvider clock, ILogger<ReadSchools> logger) : BackgroundService
{
    /// <summary>Of several instances one reads.</summary>
    public const string Task = "read-schools";

    const string Cursors = "school-reads";

    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // A tool's clock and its search are not ours: what changed shortly before is looked at again. RT searches in its own time zone.
    static readonly TimeSpan Overlap = TimeSpan.FromHours(26);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (look.Schools.Count == 0)
            return;
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var school in look.Schools.Where(_ => leadership.Leads(Task)))
                await Try(school, stoppingToken);
        }
    }

    async Task Try(School school, CancellationToken ct)
    {
        try
        {
            await Turn(school, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            Log.Failed(logger, school.Slug, exception is ToolException ? exception.Message : Telemetry.WhereFrom(exception));
        }
    }

    /// <summary>One turn: what was asked, what is due for a second look and, when it is time, whatever changed.</summary>
    public async Task Turn(School school, CancellationToken ct)
    {
        var side = $"school:{school.Slug}";
        var asked = await look.Reconciliation.Take(side, ct);
        var since = await store.GetSide(Cursors, school.Slug, ct) is { } kept ? DateTimeOffset.Parse(Encoding.ASCII.GetString(kept), null) : (DateTimeOffset?)null;
        var began = clock.GetUtcNow();
        if (asked.Contains(null) || since is null || began - since >= school.Read!.Every)
            await All(school, side, asked.Contains(null) || since is null ? DateTimeOffset.UnixEpoch : since.Value - Overlap, began, ct);
        foreach (var ticket in asked.OfType<string>())
            await Alone(school, () => look.AtKnown(school, ticket, began, ct));
        foreach (var ticket in look.Due(school, began))
            await Alone(school, () => look.At(school, ticket, began, ct));
    }

    // A ticket that is shown in a form nobody knows stops only itself.
    async Task<bool> Alone(School school, Func<Task> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            Log.Unreadable(logger, school.Slug, Telemetry.WhereFrom(exception));
            return false;
        }
    }

    async Task All(School school, string side, DateTimeOffset since, DateTimeOffset began, CancellationToken ct)
    {
        var (fault, unreadable) = ((string?)null, 0);
        IReadOnlyList<string> tickets = [];
        try
        {
            tickets = await look.Changed(school, since, ct);
            foreach (var ticket in tickets)
                unreadable += await Alone(school, () => look.At(school, ticket, began, ct)) ? 0 : 1;
            fault = unreadable == 0 ? null : $"tickets shown in a form nobody knows: {unreadable}";
            await store.PutSide(Cursors, school.Slug, Encoding.ASCII.GetBytes(began.ToString("O")), null, ct);
        }
        catch (ToolException exception)
        {
            fault = exception.Message;
            Log.Failed(logger, school.Slug, fault);
        }
        await look.Reconciliation.Report(new ReconcileReport(side, began, clock.GetUtcNow(), tickets.Count, look.Differing(school), fault, new Dictionary<string, long>()), ct);
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "the tool of {School} could not be read: {Reason}; tried again")]
        public static partial void Failed(ILogger logger, string school, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "a ticket of {School} could not be read: {Reason}; the others are")]
        public static partial void Unreadable(ILogger logger, string school, string reason);
    }
}
