using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>What changed between the last reading taken and this one: pure and idempotent, so that a lost hint costs
/// time and never data.</summary>
public static class Diff
{
    /// <summary>How long an entry may be missing before it is added again: long enough for a second, later reading.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="ticket">What is known.</param>
    /// <param name="read">What iTop shows now.</param>
    /// <param name="returnTeam">The team that gives a ticket back to its school.</param>
    /// <param name="written">What we wrote before it was read so: what that alone brought about is nothing new.</param>
    public static Decided<GroupTicket> Compare(
        GroupTicket ticket,
        ItopRead read,
        string returnTeam,
        DateTimeOffset now,
        ItopCall.Write? written = null
    )
    {
        var before = ticket.Seen ?? read.ToSeen() with { Log = [], Status = "new" };
        var ours = Echo.Recognise(ticket, read);
        var words = Words(ticket, before, read, ours).ToList();
        var moves = Moves(ticket, before, read, ours, returnTeam).Where(move => !IsEcho(written, move)).ToList();
        // What is a move's reason as well is told once, as that.
        words.RemoveAll(word =>
            moves.Exists(move => Reason(move) is { } reason && EntryText.IsSame(reason, ((GroupCommented)word.Said).Text))
        );
        List<Fact> facts = [.. words.Select(word => word.Said), .. moves];
        var closed = States.From(read.Status) == "closed";
        var seen = ticket with
        {
            Seen = read.ToSeen(),
            Entries = Check(ticket, read, ours, now),
            Strange = words.Count(word => word.IsByUs),
            ClosedAt = closed ? ticket.ClosedAt ?? now : null,
        };
        return Decided.Say(seen, facts);
    }

    // A solution that stood there before we closed is an agent's: its words are told.
    static bool IsEcho(ItopCall.Write? written, Fact move) => (written?.Wish, move) switch
    {
        (GroupWish.Answer, TicketAssigned) => true,
        (GroupWish.Close or GroupWish.Withdraw, TicketResolved { Solution: var solution }) =>
            EntryText.IsSame(solution, written!.Text ?? "") || EntryText.IsSame(solution, Conflict.SolutionFor(written.Wish)),
        _ => false,
    };

    static IEnumerable<(Fact Said, bool IsByUs)> Words(GroupTicket ticket, Seen before, ItopRead read, IReadOnlyList<bool> ours)
    {
        var had = before.Had(read);
        foreach (var (place, (fingerprint, entry)) in read.Fingerprints().Zip(read.Log).Index())
        {
            if (had[place] || ours[place])
                continue;
            var heading = ticket.Heading(ItopTime.At(entry.Date), $"itop-{read.Id}-log-{fingerprint}");
            yield return (
                new GroupCommented(heading, new Author(Role.Group, entry.Author), entry.Text),
                Echo.IsByUs(ticket, entry)
            );
        }
    }

    static string? Reason(Fact move) => move switch
    {
        ReturnedToSchool returned => returned.Reason,
        TicketPending pending => pending.Reason,
        TicketResolved resolved => resolved.Solution,
        _ => null,
    };

    static IEnumerable<Fact> Moves(GroupTicket ticket, Seen before, ItopRead read, IReadOnlyList<bool> ours, string returnTeam)
    {
        Heading At(string what, string when) => ticket.Heading(ItopTime.At(read.LastUpdate), $"itop-{read.Id}-{what}-{when}");
        Heading Heading(string what) => At(what, read.LastUpdate);
        Heading Step(string what) => At(what, read.Moved ?? read.LastUpdate);

        if (read.Team == returnTeam && before.Team != returnTeam)
        {
            // One that was told before is not told again as the reason.
            var had = before.Had(read);
            yield return new ReturnedToSchool(
                Heading("returned"),
                GivenAlong(before, read) ?? read.Log.Where((_, place) => !ours[place] && !had[place]).LastOrDefault()?.Text
            );
            yield break;
        }
        var (was, isNow) = (States.From(before.Status), States.From(read.Status));
        if (Requalified(ticket, before, read))
            yield return new TicketRequalified(Heading("requalified"), read.Service, read.SousService, read.Team);
        if (States.DeadlineMissed(read.Status) is { } which && before.Status != read.Status)
            yield return new DeadlineMissed(Heading(which), which);
        if (
            isNow == "closed"
            && was is not ("closed" or "resolved")
            && !string.IsNullOrWhiteSpace(read.Solution)
            && read.Solution != before.Solution
        )
            yield return new TicketResolved(Step("resolved"), read.Solution, null);
        if (States.IsApproval(read.Status) && before.Status != read.Status)
            yield return new ApprovalMoved(Heading(read.Status), read.Status);
        if (was == isNow)
        {
            // How a solution is read has changed with the form: what 0.2.0 noted says nothing of it.
            if (isNow == "resolved" && before.Form == Seen.Undated && read.Solution != before.Solution)
                yield return new TicketResolved(Heading("resolved"), read.Solution ?? "", null);
            yield break;
        }
        yield return isNow switch
        {
            "assigned" when was == "resolved" => new TicketReopened(Step("reopened")),
            "assigned" => new TicketAssigned(Step("assigned"), read.Team, read.Agent),
            "pending" => new TicketPending(Step("pending"), read.PendingReason ?? ""),
            "resolved" => new TicketResolved(Step("resolved"), read.Solution ?? "", null),
            "closed" => new TicketClosed(Step("closed"), read.Status == "rejected" ? "rejected" : null),
            _ => new TicketReopened(Step("reopened")),
        };
    }

    /// <summary>What else was said in a save that returns the ticket: the move it belongs to is told as the return.</summary>
    static string? GivenAlong(Seen before, ItopRead read)
    {
        var said = States.From(read.Status) switch
        {
            "pending" when States.From(before.Status) != "pending" => read.PendingReason,
            "resolved" or "closed" when read.Solution != before.Solution => read.Solution,
            _ => null,
        };
        return string.IsNullOrWhiteSpace(said) ? null : said;
    }

    /// <summary>A service, sous-service or team other than before, and other than the one that was asked for.</summary>
    static bool Requalified(GroupTicket ticket, Seen before, ItopRead read)
    {
        var asked = ticket.Asked!.Route;
        var service =
            (read.Service != before.Service || read.SousService != before.SousService)
            && (asked is null || read.Service != asked.Service || read.SousService != asked.SousService);
        var team = read.Team != before.Team && !string.IsNullOrEmpty(read.Team) && read.Team != asked?.Team;
        return service || team;
    }

    /// <summary>Which of our entries are not there although they were written. One of ours that we do not know was
    /// written before a backup was put back: its number is taken.</summary>
    static IReadOnlyList<Entry> Check(GroupTicket ticket, ItopRead read, IReadOnlyList<bool> ours, DateTimeOffset now)
    {
        var written = read.Log.Where((_, place) => ours[place]).ToList();
        var there = written.Select(entry => EntryText.AnyNumberOf(entry.Text)).ToHashSet();
        var known = ticket.Entries.Select(entry => entry.Number).ToHashSet();
        var forgotten = from entry in written
                        let number = EntryText.NumberOf(entry.Text, ticket.Asked!.SchoolName)
                        where number is not null && known.Add(number.Value)
                        select new Entry(number.Value, entry.Text, Written: true, Forgotten: true);
        return
        [
            .. ticket
                .Entries.Concat(forgotten)
                .Select(entry =>
                    !entry.Written || there.Contains(entry.Number)
                        ? entry with
                        {
                            MissingSince = null,
                        }
                        : entry with
                        {
                            MissingSince = entry.MissingSince ?? now,
                        }
                ),
        ];
    }
}
