using System.Text;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Reads each school's tool from time to time, and when asked: what its webhooks did not bring goes through
/// the same documents. Nothing is ever written to a tool here.</summary>
sealed partial class ReadSchools(
    Shown shown,
    LookAtTicket look,
    Reconciliation reconciliation,
    IStore store,
    Leadership leadership,
    TimeProvider clock,
    ILogger<ReadSchools> logger
) : BackgroundService
{
    /// <summary>Of several instances one reads.</summary>
    public const string Task = "read-schools";

    const string Cursors = "school-reads";

    const int MostLeft = 100;

    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    // A tool's clock and its search are not ours: what changed shortly before is looked at again. RT searches in its
    // own time zone.
    static readonly TimeSpan Overlap = TimeSpan.FromHours(26);

    // When a school's tool was last asked and did not answer, and which of its tickets could not be read then: both are
    // found anew after a restart.
    readonly Dictionary<string, DateTimeOffset> failed = [];
    readonly Dictionary<string, IReadOnlyList<string>> left = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (shown.Schools.Count == 0)
            return;
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var school in shown.Schools.Where(_ => leadership.Leads(Task)))
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
            Log.Failed(logger, school.Slug, Telemetry.Why(exception));
            // What the store does not keep for the moment is soon kept; what else went wrong would at each turn.
            if (exception is not StoreUnavailableException)
                failed[school.Slug] = clock.GetUtcNow();
        }
    }

    /// <summary>One turn: what was asked, what is due for a second look and, when it is time, whatever changed.</summary>
    public async Task Turn(School school, CancellationToken ct)
    {
        var turn = new SchoolTurn(shown, look, school, clock.GetUtcNow());
        var asked = await reconciliation.Asked(turn.Side, ct);
        var since = await store.GetSide(Cursors, school.Slug, ct) is { } kept
            ? DateTimeOffset.Parse(Encoding.ASCII.GetString(kept), null)
            : (DateTimeOffset?)null;
        var wantsAll = asked.Any(one => one.Ticket is null);
        var isTime = turn.Began - (since ?? DateTimeOffset.MinValue) >= school.Read!.Every;
        var answers = turn.Began - failed.GetValueOrDefault(school.Slug) >= Again(school);
        if (answers && (wantsAll || isTime))
            answers = await All(turn, wantsAll || since is null ? DateTimeOffset.UnixEpoch : since.Value - Overlap, ct);
        if (!answers)
            return;
        try
        {
            await Each(turn, asked, ct);
        }
        catch (ToolException exception)
        {
            failed[school.Slug] = turn.Began;
            Log.Failed(logger, school.Slug, exception.Message);
        }
        left[school.Slug] = [.. left.GetValueOrDefault(school.Slug, []).Union(turn.Left).Take(MostLeft)];
    }

    // What cannot be read stays asked, and is tried again with what else the tool did not answer.
    async Task Each(SchoolTurn turn, IReadOnlyList<ReconcileAsked> asked, CancellationToken ct)
    {
        var (school, unread) = (turn.School, false);
        foreach (var one in asked)
        {
            var (own, isKept) = one.Ticket is { } ticket ? await Own(school, ticket, ct) : (null, true);
            unread |= !isKept;
            if (own is not null)
            {
                await Try(turn, own, () => look.At(school, own, turn.Began, ct), ct);
                if (turn.Left.Contains(own))
                {
                    unread = true;
                    continue;
                }
            }
            if (isKept)
                await reconciliation.Done(turn.Side, [one], ct);
        }
        foreach (var ticket in look.Due(school, turn.Began))
            await Try(turn, ticket, () => look.At(school, ticket, turn.Began, ct), ct);
        if (unread)
            failed[school.Slug] = turn.Began;
    }

    // What is kept of a ticket may be what cannot be read: named by our id, as the tool's is in it.
    async Task<(string? Own, bool IsKept)> Own(School school, string ticket, CancellationToken ct)
    {
        try
        {
            return (await look.Own(school, ticket, ct), true);
        }
        catch (Exception exception) when (Failures.IsOfOneAlone(exception))
        {
            await shown.Unread(school, ticket, ct);
            Log.Unreadable(logger, school.Slug, Telemetry.WhereFrom(exception));
            return (null, false);
        }
    }

    async Task Try(SchoolTurn turn, string ticket, Func<Task> read, CancellationToken ct)
    {
        if (await turn.Alone(ticket, read, ct) is { } reason)
            Log.Unreadable(logger, turn.School.Slug, reason);
    }

    // A tool that does not answer is asked again sooner than one that does where that is long, and never more often
    // than it is read.
    static TimeSpan Again(School school) => school.Read!.Every < Soon ? school.Read.Every : Soon;

    // Whether the tool answered.
    async Task<bool> All(SchoolTurn turn, DateTimeOffset since, CancellationToken ct)
    {
        var slug = turn.School.Slug;
        var (fault, tickets) = ((string?)null, (IReadOnlyList<string>)[]);
        try
        {
            tickets = [.. (await shown.Changed(turn.School, since, ct)).Union(left.GetValueOrDefault(slug, []))];
            foreach (var ticket in tickets)
                await Try(turn, ticket, () => look.At(turn.School, ticket, turn.Began, ct), ct);
            fault = turn.Fault;
            failed.Remove(slug);
            left[slug] = turn.Left;
            await store.PutSide(Cursors, slug, Encoding.ASCII.GetBytes(turn.Began.ToString("O")), null, ct);
        }
        catch (Exception exception) when (exception is ToolException or OutOfMemoryException)
        {
            fault = Telemetry.Why(exception);
            failed[slug] = turn.Began;
            Log.Failed(logger, slug, fault);
        }
        await reconciliation.Report(
            new(
                turn.Side,
                turn.Began,
                clock.GetUtcNow(),
                tickets.Count,
                look.Differing(turn.School),
                fault,
                new Dictionary<string, long>()
            ),
            ct
        );
        return !failed.ContainsKey(slug);
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "the tool of {School} could not be read: {Reason}; tried again")]
        public static partial void Failed(ILogger logger, string school, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "a ticket of {School} could not be read: {Reason}; the others are")]
        public static partial void Unreadable(ILogger logger, string school, string reason);
    }
}
