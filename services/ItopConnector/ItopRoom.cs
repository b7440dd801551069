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

    /// <summary>What a person says of a stopped link, which what waits behind the stop must not hold up.</summary>
    public const string Settles = "itop-settle";

    /// <summary>Requests opened twice, for which the conversation does not wait.</summary>
    public const string Doubles = "itop-twins";

    static readonly Counter<long> stopped = Telemetry.Meter.CreateCounter<long>("groupticketing.itop.links_stopped", "{link}", "Links stopped, as their id in iTop was found on another request.");

    static readonly Counter<long> strange = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.itop.own_account_entries", "{entry}", "Entries that our account wrote in iTop and we never wanted: it is to be ours alone. They cross like anybody's.");

    static readonly Counter<long> created = Telemetry.Meter.CreateCounter<long>("groupticketing.created", "{ticket}", "Group tickets we opened in iTop.");

    static readonly TimeSpan KeptAfterClosure = TimeSpan.FromDays(30);

    // A request that no school ticket is ever linked to may be changed in iTop for long: it is said once.
    static readonly TimeSpan KeptOnceFound = TimeSpan.FromDays(400);

    public string Name => RoomName;

    public GroupTicket Empty => GroupTicket.Unheard;

    public Decided<GroupTicket> Decide(GroupTicket ticket, object message, DateTimeOffset now) => On(ticket with { Strange = 0 }, message, now);

    Decided<GroupTicket> On(GroupTicket ticket, object message, DateTimeOffset now) => message switch
    {
        TicketRead or AttachmentSeen or RequestFound or GroupTicketGone or LookAgain when ticket.IsTombstone => ticket,
        TicketEscalated asked when ticket.Stopped is not null => GoOn(Owe(Upsert.On(ticket, asked))),
        TicketEscalated asked => Owe(Upsert.On(ticket, asked)),
        GroupLinkWanted wanted => Owe(Pairing.On(ticket, wanted)),
        GroupUpdateWanted wanted => Owe(Upsert.On(ticket, wanted)),
        GroupLinkSettled settled => ticket.Stopped is null ? ticket : new Decided<GroupTicket>(ticket, [Call(new ItopCall.Settle(settled.Reference))]),
        GroupReminderWanted wanted => Owe(Upsert.On(ticket, wanted)),
        TicketRead { Read: var twin } when Twins.IsNew(ticket, twin) => new(ticket with { Twins = [.. ticket.Twins, twin.Id] }, [Call(new ItopCall.Twins())]),
        TicketRead read => Say(Readings.On(ticket, read, rules, now), ticket, now),
        AttachmentSeen seen => OnAttachment(ticket, seen),
        RequestFound found => Say(Pairing.Found(ticket, found, rules, now), ticket, now),
        GroupTicketGone gone => Say(Readings.Gone(ticket, gone, now), ticket, now),
        LookAgain when ticket.ItopId is null => ticket,
        LookAgain => new(ticket, [Read()]),
        _ => throw new InvalidOperationException($"nobody told the connector what to do with {message.GetType().Name}"),
    };

    public Decided<GroupTicket> Settle(GroupTicket ticket, Attempt attempt, Answer answer, DateTimeOffset now) =>
        On(ticket with { Strange = 0 }, Calls.Read(attempt.Debt), answer, now);

    Decided<GroupTicket> On(GroupTicket ticket, ItopCall paid, Answer answer, DateTimeOffset now) => (paid, answer) switch
    {
        // An answer about an earlier generation says nothing of the present one.
        (ItopCall.Create create, Answer.Done { Result: ItopRead read }) when create.Asked.Ticket.Generation != ticket.Generation =>
            ticket.WithFormer(create.Asked.Ticket.Generation, read.Id, Bound.Of(read)),
        (ItopCall.Adopt adopt, Answer.Done { Result: Adopted adopted }) when adopt.Generation != ticket.Generation => ticket.WithFormer(adopt.Generation, adopted.Read.Id, Bound.Of(adopted.Read)),
        (ItopCall.Adopt adopt, _) when adopt.Generation != ticket.Generation => ticket,
        (ItopCall.Adopt, Answer.Done { Result: Adopted adopted }) => Adopt(ticket, adopted, now),
        (ItopCall.Adopt, Answer.Done { Result: NotAdopted refused }) => Say(Pairing.Refused(ticket, refused, now), ticket, now),
        // A person may have answered while the attempt was under way: then its lane goes on by what was said.
        (_, { Result: FoundStopped }) => ticket.Stopped is null ? GoOn(ticket) : ticket,
        (_, { Result: Foreign foreign }) when ticket.Stopped is null && (foreign.ItopId, foreign.Bound) != (ticket.ItopId, ticket.Bound) => GoOn(ticket),
        (_, { Result: Foreign foreign }) => ticket.Stopped is null ? Say(Binding.Stop(ticket, foreign.Why, now), ticket, now) : ticket,
        (var call, Answer.Done { Result: GroupTicketGone gone }) when !ticket.Has(gone.ItopId) => Owe(Upsert.Carry(ticket, call)),
        (ItopCall.Settle, Answer.Done { Result: Settled settled }) => ticket.Stopped is null ? ticket : GoOn(With(settled.Files, Say(Binding.Settled(ticket, settled, rules, now), ticket, now))),
        (ItopCall.Settle, Answer.Done { Result: NotAdopted refused }) => ticket.Stopped is null ? ticket : Say(Binding.Stop(ticket, refused.Why, now), ticket, now),
        (var call, Answer.Done { Result: Carried }) => Owe(Upsert.Carry(ticket, call)),
        (ItopCall.Write write, _) when write.Generation != ticket.Generation => ticket,
        (_, Answer.Done { Result: GroupTicketGone gone }) => Say(Readings.Gone(ticket, gone, now), ticket, now),
        (ItopCall.Create, Answer.Done { Result: ItopRead read }) => Say(Readings.Opened(ticket, read, rules, now), ticket, now),
        (ItopCall.Write write, Answer.Done { Result: Written written }) => Say(Readings.Done(ticket, write, written, rules, now), ticket, now),
        (ItopCall.Write, Answer.Refused) => Say(Readings.Refused(ticket, rules, now), ticket, now),
        (ItopCall.Read, Answer.Done { Result: TicketRead read }) => Say(Readings.On(ticket, read, rules, now), ticket, now),
        (ItopCall.Attach, Answer.Done { Result: string id }) => ticket with { Files = [.. ticket.Files, id] },
        (ItopCall.Fetch, Answer.Done { Result: FileClaim file }) when Echo.IsOurs(ticket, file) => ticket,
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

    public void Took(object cause, Decided<GroupTicket> decided, DateTimeOffset now)
    {
        if (decided.State.Strange > 0)
            strange.Add(decided.State.Strange);
        stopped.Add(decided.Effects.Count(effect => effect is Effect.Say { Message: LinkStopped { Why: "key" or "organisation" or "started" } }));
        created.Add(Pairing.IsTakenOver(decided.State) ? 0 : decided.Effects.Count(effect => effect is Effect.Say { Message: GroupTicketOpened }));
    }

    public DateTimeOffset? Expires(GroupTicket ticket) => ticket.ClosedAt + KeptAfterClosure ?? ticket.FoundAt + KeptOnceFound;

    /// <summary>Of what was only found and never a school ticket's, too: it is said once.</summary>
    public GroupTicket? Tombstone(GroupTicket ticket, DateTimeOffset now) =>
        ticket.ItopId is null || (ticket.Asked is { } asked && rules.Schools?.Contains(asked.Heading.School) == false) ? null : ticket.Tombstone();

    static Decided<GroupTicket> Owe(Owing owing) => new(owing.Ticket, [.. owing.Calls.Select(Call)]);

    static Decided<GroupTicket> OnAttachment(GroupTicket ticket, AttachmentSeen seen) =>
        ticket.ItopId != seen.ItopId || ticket.Stopped is not null || ticket.Files.Contains(seen.AttachmentId)
            ? new(ticket, [])
            : new(ticket with { Files = [.. ticket.Files, seen.AttachmentId] }, [Call(new ItopCall.Fetch(seen.AttachmentId, seen.ItopId))]);

    // Its files were there before it was ours: the poll of new ones has passed them by.
    Decided<GroupTicket> Adopt(GroupTicket ticket, Adopted adopted, DateTimeOffset now) =>
        With(adopted.Files, Say(Readings.Opened(ticket, adopted.Read, rules, now), ticket, now));

    static Decided<GroupTicket> With(IReadOnlyList<string> files, Decided<GroupTicket> said)
    {
        var news = files.Except(said.State.Files).ToList();
        return new(said.State with { Files = [.. said.State.Files, .. news] }, [.. said.Effects, .. news.Select(file => Call(new ItopCall.Fetch(file, said.State.ItopId)))]);
    }

    static Decided<GroupTicket> Say(Told told, GroupTicket before, DateTimeOffset now)
    {
        if (told.Ticket.Stopped is not null)
            return new(told.Ticket, [.. told.Facts.Select(fact => new Effect.Say(fact))]);
        var mended = Upsert.Mend(told.Ticket, now);
        var effects = told.Facts.Select(Effect (fact) => new Effect.Say(fact)).Concat(mended.Calls.Select(Call)).ToList();
        var newlyMissing = mended.Ticket.Entries.Any(entry => entry.MissingSince == now);
        if (newlyMissing && before.Asked is { } asked)
            effects.Add(new Effect.Remind("look-again", now + Diff.Patience, new LookAgain(asked.Heading.TicketId)));
        return new(mended.Ticket, effects);
    }

    static Decided<GroupTicket> GoOn(Decided<GroupTicket> decided) => decided with { Effects = [.. decided.Effects, new Effect.GoOn(Writes), new Effect.GoOn(Reads)] };

    static string LaneOf(ItopCall call) => call switch
    {
        ItopCall.Read or ItopCall.Fetch => Reads,
        ItopCall.Settle => Settles,
        ItopCall.Twins => Doubles,
        _ => Writes,
    };

    static Effect.Call Call(ItopCall call) => new(LaneOf(call), ItopAdapter.Target, Calls.KindOf(call), call);

    static Effect.Call Read() => Call(new ItopCall.Read());
}
