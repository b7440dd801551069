using System.Diagnostics.Metrics;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>Compares live group tickets as iTop shows them with what is known of them.</summary>
sealed partial class ReadLive(
    ItopClient itop,
    Documents<GroupTicket> documents,
    ShownLogs shown,
    ReadingRules rules,
    Reconciliation reconciliation,
    ILogger<ReadLive> logger
)
{
    const int MostAtOnce = 50;

    // Of so many, most are not deleted at once: that is a backup put back into iTop, or an account that lost its organisations.
    const int FewAtOnce = 10;

    static readonly Counter<long> lostEntries = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.itop.lost_entries",
        "{entry}",
        "Entries of others in public logs that iTop lost."
    );

    readonly SecondLook look = new();

    public int Differing => look.Count;

    public IReadOnlyList<string> Due(DateTimeOffset now) => look.Due(now);

    /// <summary>Every live ticket; answers how many.</summary>
    public async Task<int> All(DateTimeOffset began, CancellationToken ct)
    {
        var (read, live) = (0, new List<string>());
        var all = documents.All(DateTimeOffset.MinValue, (ticket, reason) => Log.Unreadable(logger, ticket, reason), ct);
        await foreach (var one in all)
        {
            if (!IsLive(one.State))
                continue;
            live.Add(one.Ticket);
            if (live.Count < MostAtOnce)
                continue;
            read += await Some(live, began, ct);
            live.Clear();
        }
        return read + await Some(live, began, ct);
    }

    /// <summary>These tickets of ours; answers how many of them were read.</summary>
    public async Task<int> Some(IReadOnlyList<string> tickets, DateTimeOffset began, CancellationToken ct)
    {
        var count = 0;
        foreach (var some in tickets.Chunk(MostAtOnce))
        {
            var known = await Quiet(some, ct);
            if (known.Count == 0)
                continue;
            string[] ids = [.. known.Select(one => one.State.ItopId!)];
            var (found, saves) = await shown.For(ids, began, IsBad, ct);
            if (known.Count >= FewAtOnce && found.Count < known.Count / 2)
            {
                Log.ManyGone(logger, known.Count - found.Count, known.Count);
                known.RemoveAll(one => !found.ContainsKey(one.State.ItopId!));
            }
            foreach (var one in known)
            {
                var read = found.GetValueOrDefault(one.State.ItopId!);
                await Compare(one, read, began, ct);
                if (read is not null)
                    await Report(one.Ticket, LostEntries.Find(saves[read.Id], read.Log, began, Ours(one.State, read)), ct);
            }
            count += known.Count;

            // The poll puts it aside; what cannot be read is not missing.
            Task IsBad(string id) => Task.FromResult(known.RemoveAll(one => one.State.ItopId == id));
        }
        return count;
    }

    // What is pending for iTop would explain any difference.
    async Task<List<DocumentView<GroupTicket>>> Quiet(IEnumerable<string> tickets, CancellationToken ct)
    {
        var quiet = new List<DocumentView<GroupTicket>>();
        foreach (var ticket in tickets)
        {
            if (
                await KnownOrNull(ticket, ct) is { } known
                && IsLive(known.State)
                && shown.Shows(known.State.ItopId!)
                && !await reconciliation.HasPending(documents.Name, ticket, ItopCall.Target, ct)
            )
                quiet.Add(known);
            else
                look.Confirms(ticket, null, default);
        }
        return quiet;
    }

    async Task<DocumentView<GroupTicket>?> KnownOrNull(string ticket, CancellationToken ct)
    {
        try
        {
            return await documents.Read(ticket, ct);
        }
        catch (Exception exception) when (Failures.IsOfOneAlone(exception))
        {
            Log.Unreadable(logger, ticket, Telemetry.Why(exception));
            return null;
        }
    }

    async Task Compare(DocumentView<GroupTicket> known, ItopRead? read, DateTimeOffset began, CancellationToken ct)
    {
        if (read is null)
        {
            await Missing(known, began, ct);
            return;
        }
        var reading = new TicketRead(known.State.Asked!.Heading.TicketId, read, began);
        var facts = Readings.On(known.State, reading, rules, began).Says.Cast<Fact>().ToList();
        if (
            !look.Confirms(
                known.Ticket,
                facts.Count == 0 ? null : string.Join(' ', facts.Select(fact => fact.Heading.SourceId)),
                began
            )
        )
            return;
        await documents.Transact(known.Ticket, new Hearing(null, default, null, reading), ct);
        await reconciliation.Repaired(ItopCall.Target, "change-not-polled", ct);
        look.Confirms(known.Ticket, null, began);
        Log.Repaired(logger, known.Ticket);
    }

    async Task Missing(DocumentView<GroupTicket> known, DateTimeOffset began, CancellationToken ct)
    {
        if (!look.Confirms(known.Ticket, "deleted", began) || await ReadGroupTicket.Gone(itop, known.State, ct) is not { } gone)
            return;
        await documents.Transact(known.Ticket, new Hearing(null, default, null, gone), ct);
        await reconciliation.Repaired(ItopCall.Target, "deleted", ct);
        look.Confirms(known.Ticket, null, began);
        Log.Gone(logger, known.Ticket);
    }

    static Predicate<LogRead> Ours(GroupTicket ticket, ItopRead read)
    {
        var ours = Echo.Recognise(ticket, read);
        var entries = read.Log.Where((_, place) => ours[place]).ToHashSet();
        return entries.Contains;
    }

    // Each once, however often it is read again: only its author knows what it said.
    async Task Report(string ticket, IReadOnlyList<LogSave> lost, CancellationToken ct)
    {
        foreach (var save in lost)
        {
            if (!await reconciliation.Lost(ItopCall.Target, ticket, $"{save.Id}", ItopTime.At(save.Date), ct))
                continue;
            lostEntries.Add(1);
            Log.EntryLost(logger, ticket, save.Place + 1, save.Date);
        }
    }

    static bool IsLive(GroupTicket ticket) => ticket is { ItopId: not null, ClosedAt: null };

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "reconcile: what is kept of ticket={Ticket} cannot be read: {Reason}; the others are compared"
        )]
        public static partial void Unreadable(ILogger logger, string ticket, string reason);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "reconcile: iTop ticket={Ticket} changed and no poll brought it: told now"
        )]
        public static partial void Repaired(ILogger logger, string ticket);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "reconcile: the group ticket of ticket={Ticket} was deleted in iTop: its school is told, and it is "
                + "not made again"
        )]
        public static partial void Gone(ILogger logger, string ticket);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "reconcile: iTop lost the entry that was number {Number} of the public log of ticket={Ticket}, "
                + "written at {Date}: whoever wrote it must write it again"
        )]
        public static partial void EntryLost(ILogger logger, string ticket, int number, string date);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "reconcile: {Missing} of {Read} group tickets are not in iTop: was a backup put back there, or does "
                + "the account no longer see their organisations? Nobody is told"
        )]
        public static partial void ManyGone(ILogger logger, int missing, int read);
    }
}
