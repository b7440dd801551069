using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What was pending for an earlier group ticket that was never opened, or is no more: it ends, and of people's
/// words its school hears, unless they are in the next one.</summary>
static class Untaken
{
    public static Decided<GroupTicket> On(GroupTicket ticket, ItopCall call, DateTimeOffset now) => call switch
    {
        ItopCall.Attach { File: var file } attach when !IsHandedOn(ticket, file) => Decided.Say(
            ticket,
            new GroupUpdateNotTaken(ticket.Heading(now, $"not-taken-{attach.Generation}-{file.Sha256}"), null, file.Name)
        ),
        ItopCall.Write { Wish: GroupWish.Comment or GroupWish.Answer or GroupWish.Reopen, Text: { } text } write
            when EntryText.Body(text) is var words && !IsHandedOn(ticket, words) => Decided.Say(
                ticket,
                new GroupUpdateNotTaken(ticket.Heading(now, $"not-taken-{write.Generation}-{write.Number}"), words)
            ),
        _ => ticket,
    };

    static bool IsHandedOn(GroupTicket ticket, FileClaim file) =>
        Next(ticket)?.Files?.Any(one => one.Sha256 == file.Sha256) is true;

    // Into one that people opened they go as entries.
    static bool IsHandedOn(GroupTicket ticket, string words)
    {
        var next = Next(ticket);
        return ticket
            .Entries.Select(entry => EntryText.Body(entry.Text))
            .Concat([next?.Description, next?.Summary, .. next?.Comments?.Select(comment => comment.Text) ?? []])
            .Any(one => one is not null && EntryText.IsSame(one, words));
    }

    static Handover? Next(GroupTicket ticket) => ticket.Creations.GetValueOrDefault(ticket.Generation)?.Handover;
}
