using System.Diagnostics.Metrics;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.ItopConnector;

/// <summary>The documents of the connector: one per group ticket.</summary>
sealed class ItopRoom(ReadingRules rules) : IRoom<GroupTicket>
{
    public const string RoomName = "itop";

    /// <summary>Writes, in order.</summary>
    public const string Writes = "itop";

    /// <summary>Readings and files, which no write waits for.</summary>
    public const string Reads = "itop-read";

    static readonly Counter<long> created = Telemetry.Meter.CreateCounter<long>("groupticketing.created", "{ticket}", "Group tickets we opened in iTop.");

    static readonly TimeSpan KeptAfterClosure = TimeSpan.FromDays(30);

    // A request that no school ticket is ever linked to may be changed in iTop for long: it is said once.
    static readonly TimeSpan KeptOnceFound = TimeSpan.FromDays(400);

    public string Name => RoomName;

    public GroupTicket Empty => GroupTicket.Unheard;

    public Decided<GroupTicket> Decide(GroupTicket ticket, object message, DateTimeOffset now) => message switch
    {
        TicketEscalated asked => Owe(Upsert.On(ticket, asked)),
        GroupLinkWanted wanted => Owe(Pairing.On(ticket, wanted)),
        GroupUpdateWanted wanted => Owe(Upsert.On(ticket, wanted)),
        GroupReminderWanted wanted => Owe(Upsert.On(ticket, wanted)),
        TicketRead read => Say(Readings.On(ticket, read, rules, now), ticket, now),
        AttachmentSeen seen => OnAttachment(ticket, seen),
        RequestFound found => Say(Pairing.Found(ticket, found, rules, now), ticket, now),
        GroupTicketGone gone => Say(Readings.Gone(ticket, gone, now), ticket, now),
        LookAgain => new(ticket, [Read()]),
        _ => throw new InvalidOperationException($"nobody told the connector what to do with {message.GetType().Name}"),
    };

    public Decided<GroupTicket> Settle(GroupTicket ticket, Attempt attempt, Answer answer, DateTimeOffset now) => (Calls.Read(attempt.Debt), answer) switch
    {
        // An answer about an earlier generation says nothing of the present one.
        (ItopCall.Create create, Answer.Done { Result: ItopRead read }) when create.Asked.Ticket.Generation != ticket.Generation =>
            ticket.WithFormer(create.Asked.Ticket.Generation, read.Id),
        (ItopCall.Adopt adopt, Answer.Done { Result: Adopted adopted }) when adopt.Generation != ticket.Generation => ticket.WithFormer(adopt.Generation, adopted.Read.Id),
        (ItopCall.Adopt adopt, _) when adopt.Generation != ticket.Generation => ticket,
        (ItopCall.Adopt, Answer.Done { Result: Adopted adopted }) => Adopt(ticket, adopted, now),
        (ItopCall.Adopt, Answer.Done { Result: NotAdopted refused }) => Say(Pairing.Refused(ticket, refused, now), ticket, now),
        (ItopCall.Write write, _) when write.Generation != ticket.Generation => ticket,
        (_, Answer.Done { Result: GroupTicketGone gone }) => Say(Readings.Gone(ticket, gone, now), ticket, now),
        (ItopCall.Create, Answer.Done { Result: ItopRead read }) => Say(Readings.Opened(ticket, read, rules, now), ticket, now),
        (ItopCall.Write write, Answer.Done { Result: Written written }) => Say(Readings.Done(ticket, write, written, rules, now), ticket, now),
        (ItopCall.Write, Answer.Refused) => Say(Readings.Refused(ticket, rules, now), ticket, now),
        (ItopCall.Read, Answer.Done { Result: TicketRead read }) => Say(Readings.On(ticket, read, rules, now), ticket, now),
        (ItopCall.Attach, Answer.Done { Result: string id }) => ticket with { Files = [.. ticket.Files, id] },
        (ItopCall.Fetch, Answer.Done { Result: FileClaim file }) when ticket.Sent.Contains(file.Sha256) => ticket,
        (ItopCall.Fetch fetch, Answer.Done { Result: FileClaim file }) => new(ticket, [new Effect.Say(new GroupAttached(ticket.Heading(now, $"itop-file-{fetch.AttachmentId}"), file))]),
        _ => ticket,
    };

    /// <summary>A creation given up ends the link; anything else is skipped alone.</summary>
    public Decided<GroupTicket> GaveUp(GroupTicket ticket, object? dropped, DateTimeOffset now)
    {
        var asked = dropped switch
        {
            TicketEscalated one => one,
            Debt { Kind: "create" } debt => ((ItopCall.Create)Calls.Read(debt)).Asked,
            GroupLinkWanted wanted => Pairing.Asked(wanted),
            Debt { Kind: "adopt" } => ticket.Asked,
            _ => null,
        };
        if (asked is null || ticket.ItopId is not null)
            return ticket;
        var heading = asked.Heading with { OccurredAt = now, SourceId = $"given-up:{asked.Ticket.Generation}" };
        return new(ticket with { Asked = asked, GivenUp = true, ClosedAt = now }, [new Effect.Say(new OpeningGivenUp(heading, null))]);
    }

    public void Took(object cause, Decided<GroupTicket> decided, DateTimeOffset now) =>
        created.Add(Pairing.IsTakenOver(decided.State) ? 0 : decided.Effects.Count(effect => effect is Effect.Say { Message: GroupTicketOpened }));

    public DateTimeOffset? Expires(GroupTicket ticket) => ticket.ClosedAt + KeptAfterClosure ?? ticket.FoundAt + KeptOnceFound;

    static Decided<GroupTicket> Owe(Owing owing) => new(owing.Ticket, [.. owing.Calls.Select(Call)]);

    static Decided<GroupTicket> OnAttachment(GroupTicket ticket, AttachmentSeen seen) =>
        ticket.ItopId != seen.ItopId || ticket.Files.Contains(seen.AttachmentId)
            ? new(ticket, [])
            : new(ticket with { Files = [.. ticket.Files, seen.AttachmentId] }, [Call(new ItopCall.Fetch(seen.AttachmentId))]);

    // Its files were there before it was ours: the poll of new ones has passed them by.
    Decided<GroupTicket> Adopt(GroupTicket ticket, Adopted adopted, DateTimeOffset now)
    {
        var said = Say(Readings.Opened(ticket, adopted.Read, rules, now), ticket, now);
        var news = adopted.Files.Except(said.State.Files).ToList();
        return new(said.State with { Files = [.. said.State.Files, .. news] }, [.. said.Effects, .. news.Select(file => Call(new ItopCall.Fetch(file)))]);
    }

    static Decided<GroupTicket> Say(Told told, GroupTicket before, DateTimeOffset now)
    {
        var mended = Upsert.Mend(told.Ticket, now);
        var effects = told.Facts.Select(Effect (fact) => new Effect.Say(fact)).Concat(mended.Calls.Select(Call)).ToList();
        var newlyMissing = mended.Ticket.Entries.Any(entry => entry.MissingSince == now);
        if (newlyMissing && before.Asked is { } asked)
            effects.Add(new Effect.Remind("look-again", now + Diff.Patience, new LookAgain(asked.Heading.TicketId)));
        return new(mended.Ticket, effects);
    }

    static Effect.Call Call(ItopCall call) => new(call is ItopCall.Read or ItopCall.Fetch ? Reads : Writes, ItopAdapter.Target, Calls.KindOf(call), call);

    static Effect.Call Read() => Call(new ItopCall.Read());
}
