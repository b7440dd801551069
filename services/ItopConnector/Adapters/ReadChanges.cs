using System.Diagnostics.Metrics;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupTicketing.ItopConnector.Adapters;

/// <summary>
/// Looks for what changed in iTop. A poll says only which tickets to read; what changed is the diff's to say. iTop's
/// dates are to the second and visible at commit,
/// so the window overlaps, and a ticket is read once more after its second is over.
/// </summary>
public sealed partial class ReadChanges(
    ItopPolling polling,
    ItopPoll poll,
    ItopLinks links,
    Documents<GroupTicket> documents,
    ItopOptions options,
    TimeProvider clock,
    ILogger<ReadChanges> logger
) : BackgroundService
{
    const int FilesEvery = 5;

    static readonly Counter<long> foreign = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.itop.foreign_keys",
        "{request}",
        "Requests that bear a key of ours and are not what was asked for: ignored."
    );

    // So many rounds ago files were last looked for; a round that fails before it leaves them due.
    int rounds = FilesEvery;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        poll.Measure();
        return new Rounds(options.PollEvery, "looking for changes in iTop failed", clock, logger).Run(Round, stoppingToken);
    }

    async Task Round(CancellationToken ct)
    {
        rounds++;
        if (!polling.TakesTurn())
            return;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(options.Deadline * 2);
        var began = Moment.Now(clock).Uptime;
        try
        {
            await Tickets(deadline.Token);
        }
        catch (ItopException exception)
        {
            await polling.Failed(exception, began, ct);
            throw;
        }
        await polling.Answered(began, ct);
        poll.Restore.HasRead();
        if (rounds < FilesEvery)
            return;
        await Attachments(deadline.Token);
        rounds = 0;
    }

    /// <summary>One round of tickets.</summary>
    public async Task Tickets(CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        var changed = await poll.Changed(began, ct, some => Take(some, began, ct));
        await poll.Taken(changed, began, ct);
    }

    async Task<IReadOnlyList<string>> Take(Changes some, DateTimeOffset began, CancellationToken ct)
    {
        var untaken = new List<string>();
        foreach (var found in some.Found)
        {
            if (!await Alone(found.TicketId, () => Hear(found.TicketId, found, ct)))
                untaken.Add(found.ItopId);
        }
        foreach (var read in some.Ours)
        {
            if (
                await links.TicketOf(read.Id, read.Bears, ct) is { } ticket
                && !await Alone(ticket, () => Take(ticket, read, began, ct))
            )
                untaken.Add(read.Id);
        }
        return untaken;
    }

    Task<Heard<GroupTicket>> Hear(Guid ticket, object message, CancellationToken ct) =>
        documents.Transact(ticket.ToString("N"), new Hearing(null, default, null, message), ct);

    // A document that takes nothing stops only itself. False: it did not take it.
    async Task<bool> Alone(Guid ticket, Func<Task> take)
    {
        try
        {
            await take();
            return true;
        }
        catch (Exception exception) when (Failures.IsOfOneAlone(exception))
        {
            Log.NotTaken(logger, ticket.ToString("N"), Telemetry.Why(exception));
            return false;
        }
    }

    // What only bears a key of ours is ours once the ticket's document took it: it may be another organisation's, or a
    // copied title.
    async Task Take(Guid ticket, ItopRead read, DateTimeOffset began, CancellationToken ct)
    {
        var heard = await Hear(ticket, new TicketRead(ticket, read, began), ct);
        if (await links.Find(read.Id, ct) is not null)
            return;
        if (heard.State.ItopId == read.Id)
            await links.Keep(read.Id, ticket, ct);
        else if (!heard.State.Twins.Contains(read.Id) && links.Refuse(read.Id))
            foreign.Add(1);
    }

    /// <summary>One round of files.</summary>
    public async Task Attachments(CancellationToken ct)
    {
        var found = await poll.NewAttachments(clock.GetUtcNow(), ct);
        var taken = new List<AttachmentSeen>();
        foreach (var seen in found)
        {
            // What is not taken is found again at the next round.
            await Alone(seen.TicketId, async () =>
            {
                // One put on before the answer to the creation was taken is looked at again.
                if (
                    (await Hear(seen.TicketId, seen, ct)).State
                        is { ItopId: not null } or { Asked: null } or { GivenUp: true } or { IsTombstone: true }
                )
                    taken.Add(seen);
            });
        }
        await poll.AttachmentsTaken(taken, clock.GetUtcNow(), ct);
    }

    static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "ticket={Ticket} does not take what iTop shows of it: {Reason}; the others do, and it is tried again"
        )]
        public static partial void NotTaken(ILogger logger, string ticket, string reason);
    }
}
