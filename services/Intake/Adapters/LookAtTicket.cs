using System.Collections.Concurrent;
using System.Security.Cryptography;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using GroupTicketing.Registry;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Compares a ticket as its tool shows it with what came. What is still missing at a second look is taken as
/// if its webhook came now, and counted.</summary>
sealed partial class LookAtTicket(
    Shown shown,
    FindMissed find,
    Deliveries deliveries,
    Reconciliation reconciliation,
    ILogger<LookAtTicket> logger
)
{
    readonly ConcurrentDictionary<string, SecondLook> looks = new();

    public IReadOnlyList<string> Due(School school, DateTimeOffset now) => LookOf(school).Due(now);

    public int Differing(School school) => LookOf(school).Count;

    /// <summary>A ticket cannot be read at all: it is named, and no second look is due before it is listed
    /// again.</summary>
    public async Task Leave(School school, string own, DateTimeOffset began, CancellationToken ct)
    {
        LookOf(school).Confirms(own, null, began);
        await shown.Unread(school, own, ct);
    }

    /// <summary>What the school's tool calls the ticket of that id of ours; null: it is not the school's.</summary>
    public Task<string?> Own(School school, string ticket, CancellationToken ct) => find.OwnOf(school, ticket, ct);

    /// <summary>The ticket of that id of the tool.</summary>
    public async Task At(School school, string own, DateTimeOffset began, CancellationToken ct)
    {
        var missed = await find.At(school, own, ct);
        var difference = missed.Count == 0 ? null : string.Join(' ', missed.Select(one => one.SourceId));
        if (!LookOf(school).Confirms(own, difference, began))
            return;
        foreach (var one in missed)
        {
            var arrival = new Arrival(shown.DialectOf(school), one.Post, one.Files, SHA256.HashData(one.Post.Body));
            await deliveries.Keep(school, arrival, one.Key, one.SourceId, ct);
            var cause = one.Key.HandsOver && one == missed[0] ? "webhook-lost-handover" : "webhook-lost";
            await reconciliation.Repaired($"school:{school.Slug}", cause, ct);
            Log.Repaired(logger, school.Slug, TicketIds.OfSchool(school.Slug, own).ToString("N"), cause);
        }
        LookOf(school).Confirms(own, null, began);
    }

    SecondLook LookOf(School school) => looks.GetOrAdd(school.Slug, _ => new SecondLook());

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "reconcile: {School} ticket={Ticket} {Cause}: taken now")]
        public static partial void Repaired(ILogger logger, string school, string ticket, string cause);
    }
}
