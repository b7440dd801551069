using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What is pending for iTop for what Routing said.</summary>
public static class Upsert
{
    /// <summary>A new group ticket: created, then its files. A ticket closed before is left as it is; its successor
    /// bears the next generation.</summary>
    public static Decided<GroupTicket> On(GroupTicket ticket, TicketEscalated asked)
    {
        if (Fresh(ticket, Asked.From(asked)) is not { } fresh)
            return ticket;
        var (files, generation) = (asked.Handover.Files ?? [], fresh.Generation);
        return (
            fresh with
            {
                Creations = new Dictionary<int, TicketEscalated>(ticket.Creations) { [generation] = asked },
                Sent = [.. ticket.Sent, .. files.Select(file => file.Sha256)],
            }
        ).Calling([
            new ItopCall.Create(generation),
            .. files.Select(file => new ItopCall.Attach(file, generation)),
            .. LetGo(ticket),
        ]);
    }

    /// <summary>What bears the id of the one that a person has a new one opened for.</summary>
    internal static IEnumerable<ItopCall> LetGo(GroupTicket before) =>
        before is { Stopped: not null, ItopId: { } id } ? [new ItopCall.LetGo(id)] : [];

    /// <summary>The next group ticket of this school ticket; null: it is known already.</summary>
    internal static GroupTicket? Fresh(GroupTicket ticket, Asked asked)
    {
        if (ticket.Asked is not null && asked.Ticket.Generation <= ticket.Generation)
            return null;
        var before = ticket switch
        {
            // Its school took it back: the next one is handed over whole, and not taken back.
            { Stopped: not null, Moving: GroupWish.Withdraw } => ticket,
            // What bears its id is another's: nothing more is written there.
            { Stopped: not null } => ticket with { Lost = [.. ticket.Lost, ticket.Generation] },
            { ItopId: { } id, Gone: false } => ticket.WithFormer(ticket.Generation, id, ticket.Bound),
            _ => ticket,
        };
        return GroupTicket.Unheard with
        {
            Asked = asked,
            Creations = before.Creations,
            Former = before.Former,
            FormerBound = before.FormerBound,
            Lost = before.Lost,
            Sent = before.Sent,
        };
    }

    /// <summary>A wish of the school's side.</summary>
    public static Decided<GroupTicket> On(GroupTicket ticket, GroupUpdateWanted wanted)
    {
        if (ticket.Asked is not { } asked || ticket.Gone)
            return ticket;
        if (wanted.File is { } file)
            return (ticket with { Sent = [.. ticket.Sent, file.Sha256] }).Calling(new ItopCall.Attach(file, ticket.Generation));
        var moving = Conflict.Moves(wanted.Wish) ? wanted.Wish : ticket.Moving;
        if (string.IsNullOrWhiteSpace(wanted.Text))
            return (ticket with { Moving = moving }).Calling(new ItopCall.Write(wanted.Wish, null, null, ticket.Generation));
        var number = ticket.Entries.Select(entry => entry.Number).DefaultIfEmpty().Max() + 1;
        var text = EntryText.For(asked, wanted.Author, wanted.Heading.OccurredAt, wanted.Text, number);
        return (ticket with { Moving = moving, Entries = [.. ticket.Entries, new Entry(number, text)] })
            .Calling(new ItopCall.Write(wanted.Wish, number, text, ticket.Generation));
    }

    /// <summary>What was pending for a request that was lost to another's is pending to the one that was opened
    /// instead.</summary>
    public static Decided<GroupTicket> Carry(GroupTicket ticket, ItopCall lost) => lost switch
    {
        ItopCall.Attach file => ticket.Calling(file with { Generation = ticket.Generation }),
        ItopCall.Write { Text: { } text } write => Carry(ticket, write, text),
        ItopCall.Write write => Moved(ticket, write.Wish).Calling(write with { Generation = ticket.Generation }),
        _ => ticket,
    };

    static Decided<GroupTicket> Carry(GroupTicket ticket, ItopCall.Write write, string text)
    {
        var number = ticket.Entries.Select(entry => entry.Number).DefaultIfEmpty().Max() + 1;
        var renumbered = EntryText.Renumbered(text, ticket.Asked!.SchoolName, number);
        return (Moved(ticket, write.Wish) with { Entries = [.. ticket.Entries, new Entry(number, renumbered)] })
            .Calling(new ItopCall.Write(write.Wish, number, renumbered, ticket.Generation));
    }

    static GroupTicket Moved(GroupTicket ticket, GroupWish wish) => Conflict.Moves(wish) ? ticket with { Moving = wish } : ticket;

    /// <summary>A reminder for the team.</summary>
    public static Decided<GroupTicket> On(GroupTicket ticket, GroupReminderWanted wanted) =>
        ticket is { Asked: not null, Gone: false, ClosedAt: null }
            ? ticket.Calling(new ItopCall.Remind(wanted.Text, ticket.Generation))
            : ticket;

    /// <summary>Entries that two readings missed are written again, under their own numbers.</summary>
    public static Decided<GroupTicket> Mend(GroupTicket ticket, DateTimeOffset now)
    {
        var lost = ticket.Entries.Where(entry => entry.MissingSince is { } since && now - since >= Diff.Patience).ToList();
        var mended = ticket.Entries.Select(entry =>
            lost.Contains(entry) ? entry with { MissingSince = null, Written = false } : entry
        );
        return (ticket with { Entries = [.. mended] }).Calling(
            lost.Select(entry => new ItopCall.Write(GroupWish.Comment, entry.Number, entry.Text, ticket.Generation))
        );
    }
}
