using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What a reading of the ticket means, whether a poll brought it or the answer to a call of ours.</summary>
public static class Readings
{
    /// <summary>A poll's reading. It also completes an opening whose answer was never heard: the ticket bears our key,
    /// or is the one that was asked for.</summary>
    public static Decided<GroupTicket> On(GroupTicket ticket, TicketRead reading, ReadingRules rules, DateTimeOffset now)
    {
        var read = reading.Read;
        if (ticket.Asked is not { } asked)
            return ticket;
        if (Binding.LetGo(ticket, read, rules) is { } free)
            return free;
        if (ticket.IsTombstone)
            return ticket;
        if (ticket.ItopId is null)
            return
                !ticket.Gone
                && !ticket.IsGivenUp(ticket.Generation)
                && Binding.IsAsked(read, asked, ticket.GivenUp ? null : ticket.Reference)
                ? Opened(ticket, read, rules, now)
                : ticket;
        if (read.Id != ticket.ItopId || ticket.Stopped is not null || reading.Began < ticket.WrittenAt)
            return ticket;
        if (Binding.Contradiction(ticket, read, rules) is { } why)
            return Binding.Stop(ticket, why, now);
        ticket = ticket with { Bound = ticket.Bound?.Filled(read) ?? Bound.From(read) };
        return ticket.Moving is not null ? Meanwhile(ticket, read, rules, now) : Diffed(ticket, read, rules, now);
    }

    /// <summary>The group ticket exists.</summary>
    public static Decided<GroupTicket> Opened(GroupTicket ticket, ItopRead read, ReadingRules rules, DateTimeOffset now)
    {
        if (ticket.ItopId is not null)
            return ticket;
        var opened = OpenedFact(ticket, read, rules, now);
        IReadOnlyList<string> files = read.Whole is { } whole ? [.. ticket.Files, whole] : ticket.Files;
        var diffed = Diffed(
            ticket with
            {
                ItopId = read.Id,
                Reference = read.Reference,
                Bound = Bound.From(read),
                WrittenAt = now,
                Files = files,
            },
            read,
            rules,
            now
        );
        return Decided.Say(diffed.State, [opened, .. diffed.Says]);
    }

    /// <summary>That the group ticket of this generation is that request.</summary>
    internal static GroupTicketOpened OpenedFact(GroupTicket ticket, ItopRead read, ReadingRules rules, DateTimeOffset now) =>
        new(ticket.Heading(now, $"itop-{read.Id}"), read.Reference, rules.Url(read.Id), read.Id, ticket.Generation);

    /// <summary>Our wish was done and this is how the ticket is now. Its own middle steps were never seen by the diff;
    /// an answer's way back to its agent is an echo.</summary>
    public static Decided<GroupTicket> Done(
        GroupTicket ticket,
        ItopCall.Write call,
        Written done,
        ReadingRules rules,
        DateTimeOffset now
    )
    {
        var read = done.Read;
        var entries = ticket.Entries.Where(entry => entry.Number == call.Number || entry.Number != done.Entry?.Number);
        var bound = ticket.Bound?.Filled(read) ?? Bound.From(read);
        var written = ticket with
        {
            WrittenAt = now,
            Bound = bound,
            Account = Account(call, read) ?? ticket.Account,
            Entries =
            [
                .. entries.Select(entry => entry.Number == call.Number ? done.Entry ?? entry with { Written = true } : entry),
            ],
        };
        // A later wish may be moving it already: then its own answer ends the waiting.
        if (call.Wish == ticket.Moving)
            written = written with { Moving = null, Meanwhile = null };
        return Diff.Compare(written, read, rules.ReturnTeam, now, call);
    }

    /// <summary>Our wish was refused: what was read meanwhile counts after all.</summary>
    public static Decided<GroupTicket> Refused(GroupTicket ticket, ReadingRules rules, DateTimeOffset now)
    {
        if (ticket.Stopped is not null)
            return ticket;
        var stopped = ticket with { Moving = null, Meanwhile = null };
        return ticket.Meanwhile is { } read ? Diffed(stopped, read, rules, now) : stopped;
    }

    /// <summary>Deleted in iTop: that is its end.</summary>
    public static Decided<GroupTicket> Gone(GroupTicket ticket, GroupTicketGone gone, DateTimeOffset now)
    {
        if (ticket.ItopId != gone.ItopId || ticket.Gone || ticket.Stopped is not null)
            return ticket;
        var ended = ticket with { Gone = true, Moving = null, Meanwhile = null, ClosedAt = ticket.ClosedAt ?? now };
        return ticket.ClosedAt is null
            ? Decided.Say(ended, new TicketClosed(ticket.Heading(now, $"itop-{gone.ItopId}-deleted"), "deleted"))
            : ended;
    }

    static Decided<GroupTicket> Diffed(GroupTicket ticket, ItopRead read, ReadingRules rules, DateTimeOffset now) =>
        Diff.Compare(ticket, read, rules.ReturnTeam, now);

    /// <summary>While a wish of ours may be moving the ticket, only words are believed; the state waits for the wish's
    /// own answer.</summary>
    static Decided<GroupTicket> Meanwhile(GroupTicket ticket, ItopRead read, ReadingRules rules, DateTimeOffset now)
    {
        var before = ticket.Seen!;
        var (had, ours) = (before.Had(read), Echo.Recognise(ticket, read));
        var words = read with
        {
            // What is a move's reason as well waits with the move, and is told once.
            Log = [.. read.Log.Where((entry, place) => had[place] || ours[place] || !IsReason(entry, read))],
            Status = before.Status,
            Service = before.Service,
            SousService = before.SousService,
            Team = before.Team,
            Solution = before.Solution,
            LastUpdate = before.LastUpdate,
        };
        var told = Diffed(ticket, words, rules, now);
        return told with { State = told.State with { Meanwhile = read } };
    }

    static bool IsReason(LogRead entry, ItopRead read) =>
        EntryText.IsSame(entry.Text, read.Solution ?? "") || EntryText.IsSame(entry.Text, read.PendingReason ?? "");

    static string? Account(ItopCall.Write call, ItopRead read) => call.Text is { } text ? Echo.Account(read, text) : null;
}
