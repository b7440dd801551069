using System.Collections.Concurrent;
using System.Security.Cryptography;
using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.Intake.Adapters;

/// <summary>Compares a ticket as its tool shows it with what came. What is still missing at a second look is taken as
/// if its webhook came now, and counted.</summary>
sealed partial class LookAtTicket(
    SchoolReads reads, Documents<SchoolSide> documents, Reconciliation reconciliation, Shown shown, ILogger<LookAtTicket> logger)
{
    readonly ConcurrentDictionary<string, SecondLook> looks = new();

    /// <summary>The schools whose tools can be read.</summary>
    public IReadOnlyList<School> Schools => [.. reads.Doors.Schools.Values.Where(school => school.Read is not null)];

    public Reconciliation Reconciliation => reconciliation;

    public IReadOnlyList<string> Due(School school, DateTimeOffset now) => LookOf(school).Due(now);

    public int Differing(School school) => LookOf(school).Count;

    /// <summary>The tickets that changed; what the list holds that is none is named.</summary>
    public async Task<IReadOnlyList<string>> Changed(School school, DateTimeOffset since, CancellationToken ct)
    {
        var (tickets, unread) = await reads.ReaderOf(school).Changed(school, KeyOf(school), since, ct);
        foreach (var pointer in unread)
            await shown.Unread(school, pointer, ct);
        return tickets;
    }

    /// <summary>A ticket cannot be read at all: it is named, and no second look is due before it is listed
    /// again.</summary>
    public async Task Leave(School school, string own, DateTimeOffset began, CancellationToken ct)
    {
        LookOf(school).Confirms(own, null, began);
        await shown.Unread(school, own, ct);
    }

    /// <summary>What the school's tool calls the ticket of that id of ours; null: it is not the school's.</summary>
    public async Task<string?> Own(School school, string ticket, CancellationToken ct) =>
        await documents.Read(ticket, ct) is { State: { Ticket: { } own, School: var slug } } && slug == school.Slug ? own : null;

    /// <summary>The ticket of that id of the tool.</summary>
    public async Task At(School school, string own, DateTimeOffset began, CancellationToken ct)
    {
        var missed = await Missing(school, own, ct);
        var difference = missed.Count == 0 ? null : string.Join(' ', missed.Select(one => one.SourceId));
        if (!LookOf(school).Confirms(own, difference, began))
            return;
        foreach (var one in missed)
        {
            var arrival = new Arrival(reads.Doors.Dialects[school.Tool], one.Post, one.Files, SHA256.HashData(one.Post.Body));
            await reads.Doorway.Keep(school, arrival, one.Key, one.SourceId, ct);
            var cause = one.Key.HandsOver && one == missed[0] ? "webhook-lost-handover" : "webhook-lost";
            await reconciliation.Repaired($"school:{school.Slug}", cause, ct);
            Log.Repaired(logger, school.Slug, TicketIds.OfSchool(school.Slug, own).ToString("N"), cause);
        }
        LookOf(school).Confirms(own, null, began);
    }

    async Task<IReadOnlyList<MissedPost>> Missing(School school, string own, CancellationToken ct)
    {
        var ticket = TicketIds.OfSchool(school.Slug, own).ToString("N");
        var dialect = reads.Doors.Dialects[school.Tool];
        var all = await reads.ReaderOf(school).Read(school, KeyOf(school), own, ct);
        var posts = await shown.Readable(school, own, dialect, all, ct);
        var sources = posts
            .Select(post => dialect.KeyOf(post.Light, school))
            .OfType<Key>()
            .SelectMany(key => MissedPost.SourcesOf(key.Delivery))
            .ToList();
        var known = (await documents.Read(ticket, ct))?.State ?? SchoolSide.Unheard;
        if (known.HandedOver)
            await reads.Gestures.Look(school, dialect, [.. posts.TakeLast(1).Select(post => post.Light)], ct);
        var untaken = (await documents.Untaken(ticket, sources, ct)).ToHashSet();
        return Missed.Of(posts, source => !untaken.Contains(source), school, dialect, known);
    }

    SecondLook LookOf(School school) => looks.GetOrAdd(school.Slug, _ => new SecondLook());

    string KeyOf(School school) => reads.Doors.Secrets[school.Slug].Read[0];

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "reconcile: {School} ticket={Ticket} {Cause}: taken now")]
        public static partial void Repaired(ILogger logger, string school, string ticket, string cause);
    }
}
