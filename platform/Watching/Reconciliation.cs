using System.Diagnostics.Metrics;

namespace GroupTicketing.Platform;

/// <summary>Reconcile as people see it: what they ask for, and what each side found. Both lie in the store, so that any
/// process may ask and any may show.</summary>
public sealed class Reconciliation(IStore store, TimeProvider clock)
{
    const string Asks = "reconcile-asked";
    const int MostLanes = 100;
    const string Found = "reconcile-found";
    const string Losses = "reconcile-lost";
    const int MostShown = 100;

    static readonly TimeSpan AskedKept = TimeSpan.FromDays(1);

    // As long as the Portal keeps a ticket.
    static readonly TimeSpan LossesKept = TimeSpan.FromDays(400);
    static readonly Counter<long> repaired = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.repaired",
        "{repair}",
        "What reconcile repaired, by cause."
    );
    static readonly Gauge<long> drift = Telemetry.Meter.CreateGauge<long>(
        "groupticketing.drift",
        "{ticket}",
        "Tickets that differed at the last reading of a side and are not repaired yet."
    );

    /// <summary>Asks a side to be read soon: one ticket, or all of it.</summary>
    /// <param name="side"><c>itop</c>, or <c>school:</c> and its slug.</param>
    /// <param name="ticket">The ticket's id, as in the document keys; null for all.</param>
    public Task Ask(string side, string? ticket, CancellationToken ct) =>
        store.PutSide(Asks, $"{side}|{ticket}", Json.Write(clock.GetUtcNow()), clock.GetUtcNow() + AskedKept, ct);

    /// <summary>What is asked of a side, until it is done.</summary>
    public async Task<IReadOnlyList<ReconcileAsked>> Asked(string side, CancellationToken ct) =>
        [
            .. (await store.ListSide(Asks, $"{side}|", ct)).Select(one => new ReconcileAsked(
                one.Key[(side.Length + 1)..] is { Length: > 0 } ticket ? ticket : null,
                one.Body
            )),
        ];

    /// <summary>These were read. What was asked once more meanwhile stays: it wants what came after.</summary>
    public async Task Done(string side, IEnumerable<ReconcileAsked> asked, CancellationToken ct)
    {
        foreach (var one in asked)
        {
            var key = $"{side}|{one.Ticket}";
            if (await store.GetSide(Asks, key, ct) is { } now && now.AsSpan().SequenceEqual(one.When))
                await store.DeleteSide(Asks, key, ct);
        }
    }

    /// <summary>Whether something of a ticket is pending for a target in a service: that would explain any difference.</summary>
    public async Task<bool> HasPending(string service, string ticket, string target, CancellationToken ct) =>
        (await store.AllPending(DocumentKey.For(service, ticket), MostLanes, ct)).Any(pending => pending.Target == target);

    /// <summary>Keeps what a reading of a whole side found.</summary>
    public async Task Report(ReconcileReport report, CancellationToken ct)
    {
        drift.Record(report.Differing, new KeyValuePair<string, object?>("side", report.Side));
        var before = await store.GetSide(Found, report.Side, ct) is { } kept
            ? Json.Read<ReconcileReport>(kept).Repaired
            : new Dictionary<string, long>();
        await store.PutSide(Found, report.Side, Json.Write(report with { Repaired = before }), null, ct);
    }

    /// <summary>Something was repaired.</summary>
    /// <param name="cause">Why it had to be: a closed set of words.</param>
    public async Task Repaired(string side, string cause, CancellationToken ct)
    {
        repaired.Add(1, new("side", side), new("cause", cause));
        var now = clock.GetUtcNow();
        var report = await store.GetSide(Found, side, ct) is { } kept
            ? Json.Read<ReconcileReport>(kept)
            : new ReconcileReport(side, now, now, 0, 0, null, new Dictionary<string, long>());
        var causes = new Dictionary<string, long>(report.Repaired) { [cause] = report.Repaired.GetValueOrDefault(cause) + 1 };
        await store.PutSide(Found, side, Json.Write(report with { Repaired = causes }), null, ct);
    }

    /// <summary>Something that a side itself lost, and that nobody here can bring back: kept for people to see.</summary>
    /// <param name="what">By which the next reading knows it again.</param>
    /// <returns>Whether it is news.</returns>
    public async Task<bool> Lost(string side, string ticket, string what, DateTimeOffset at, CancellationToken ct) =>
        await store.PutSideOnce(
            Losses,
            $"{side}|{ticket}|{what}",
            Json.Write(new ReconcileLoss(side, ticket, at)),
            clock.GetUtcNow() + LossesKept,
            ct
        )
            is null;

    /// <summary>What sides lost, the latest first, a hundred at most.</summary>
    public async Task<IReadOnlyList<ReconcileLoss>> Lost(CancellationToken ct) =>
        [
            .. (await store.ListSide(Losses, "", ct))
                .Select(one => Json.Read<ReconcileLoss>(one.Body))
                .OrderByDescending(loss => loss.At)
                .Take(MostShown),
        ];

    /// <summary>What each side's last reading found.</summary>
    public async Task<IReadOnlyList<ReconcileReport>> Reports(CancellationToken ct) =>
        [.. (await store.ListSide(Found, "", ct)).Select(one => Json.Read<ReconcileReport>(one.Body))];
}

/// <summary>What somebody asked to have read again.</summary>
/// <param name="Ticket">The ticket's id, as in the document keys; null: all of the side.</param>
/// <param name="When">When it was last asked, as stored.</param>
public sealed record ReconcileAsked(string? Ticket, byte[] When);

/// <summary>What the last reading of a whole side found.</summary>
/// <param name="Side"><c>itop</c>, or <c>school:</c> and its slug.</param>
/// <param name="Read">How many tickets were read.</param>
/// <param name="Differing">How many differed, of which those that still do after a second look are repaired.</param>
/// <param name="Fault">Why the side could not be read, without personal data; null: it was.</param>
/// <param name="Repaired">How many repairs there were, ever, by cause.</param>
public sealed record ReconcileReport(
    string Side,
    DateTimeOffset Began,
    DateTimeOffset Ended,
    int Read,
    int Differing,
    string? Fault,
    IReadOnlyDictionary<string, long> Repaired
);

/// <summary>Something that a side lost, of a ticket's log.</summary>
/// <param name="Side"><c>itop</c>.</param>
/// <param name="Ticket">The ticket's id, as in the document keys.</param>
/// <param name="At">When it was written there.</param>
public sealed record ReconcileLoss(string Side, string Ticket, DateTimeOffset At);
