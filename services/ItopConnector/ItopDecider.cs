using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.ItopConnector.Adapters;
using GroupTicketing.ItopConnector.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.ItopConnector;

/// <summary>The documents of the connector: one per group ticket.</summary>
sealed class ItopDecider(ReadingRules rules) : IDecider<GroupTicket>
{
    public const string ServiceName = "itop";

    static readonly Counter<long> stopped = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.itop.links_stopped",
        "{link}",
        "Links stopped, as their id in iTop was found on another request."
    );

    static readonly Counter<long> strange = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.itop.own_account_entries",
        "{entry}",
        "Entries that our account wrote in iTop and we never wanted: it is to be ours alone. They cross like anybody's."
    );

    static readonly Counter<long> created = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.created",
        "{ticket}",
        "Group tickets we opened in iTop."
    );

    static readonly TimeSpan KeptAfterClosure = TimeSpan.FromDays(30);

    // A request that no school ticket is ever linked to may be changed in iTop for long: it is said once.
    static readonly TimeSpan KeptOnceFound = TimeSpan.FromDays(400);

    public string Name => ServiceName;

    // 2: what is to be created lies in the state, and what somebody else opened has no route.
    public int Schema => 2;

    public GroupTicket Empty => GroupTicket.Unheard;

    public Decided<GroupTicket> Decide(GroupTicket ticket, object message, DateTimeOffset now) =>
        On(ticket with { Strange = 0 }, message, now);

    Decided<GroupTicket> On(GroupTicket ticket, object message, DateTimeOffset now) => message switch
    {
        AttachmentSeen or RequestFound or GroupTicketGone or LookAgain when ticket.IsTombstone => ticket,
        TicketEscalated asked when ticket.Stopped is not null => GoOn(Upsert.On(ticket, asked)),
        TicketEscalated asked => Upsert.On(ticket, asked),
        GroupLinkWanted wanted => Pairing.On(ticket, wanted),
        GroupUpdateWanted wanted => Upsert.On(ticket, wanted),
        GroupLinkSettled settled => ticket.Stopped is null ? ticket : ticket.Calling(new ItopCall.Settle(settled.Reference)),
        GroupReminderWanted wanted => Upsert.On(ticket, wanted),
        TicketRead { Read: var twin } when Twins.IsNew(ticket, twin) => (
            ticket with
            {
                Twins = [.. ticket.Twins, twin.Id],
            }
        ).Calling(new ItopCall.Twins()),
        TicketRead read => Mended(Readings.On(ticket, read, rules, now), ticket, now),
        AttachmentSeen seen => OnAttachment(ticket, seen),
        RequestFound found => Mended(Pairing.Found(ticket, found, rules, now), ticket, now),
        GroupTicketGone gone => Mended(Readings.Gone(ticket, gone, now), ticket, now),
        LookAgain when ticket.ItopId is null => ticket,
        LookAgain => ticket.Calling(new ItopCall.Read()),
        _ => throw new InvalidOperationException($"nobody told the connector what to do with {message.GetType().Name}"),
    };

    public Decided<GroupTicket> Settle(GroupTicket ticket, Attempt attempt, Answer answer, DateTimeOffset now) =>
        On(ticket with { Strange = 0 }, Calls.Read(attempt.Call), answer, now);

    Decided<GroupTicket> On(GroupTicket ticket, ItopCall call, Answer answer, DateTimeOffset now) => (call, answer) switch
    {
        // An answer about an earlier generation says nothing of the present one.
        (ItopCall.Create create, Answer.Done { Result: ItopRead read }) when create.Generation != ticket.Generation => ticket
            .WithoutCreation(create.Generation)
            .WithFormer(create.Generation, read.Id, Bound.From(read)),
        (ItopCall.Adopt adopt, Answer.Done { Result: Adopted adopted }) when adopt.Generation != ticket.Generation =>
            ticket.WithFormer(adopt.Generation, adopted.Read.Id, Bound.From(adopted.Read)),
        (ItopCall.Adopt adopt, _) when adopt.Generation != ticket.Generation => ticket,
        (ItopCall.Adopt, Answer.Done { Result: Adopted adopted }) => Adopt(ticket, adopted, now),
        (ItopCall.Adopt, Answer.Done { Result: NotAdopted refused }) => Mended(
            Pairing.Refused(ticket, refused, now),
            ticket,
            now
        ),
        // A person may have answered while the attempt was under way: then its lane goes on by what was said.
        (_, { Result: FoundStopped }) => ticket.Stopped is null ? GoOn(ticket) : ticket,
        (_, { Result: Foreign foreign })
            when ticket.Stopped is null && (foreign.ItopId, foreign.Bound) != (ticket.ItopId, ticket.Bound) => GoOn(ticket),
        (_, { Result: Foreign foreign }) => ticket.Stopped is null
            ? Mended(Binding.Stop(ticket, foreign.Why, now), ticket, now)
            : ticket,
        (_, Answer.Done { Result: NotTaken }) => Untaken.On(ticket, call, now),
        (_, Answer.Done { Result: GroupTicketGone }) when ticket.GenerationOf(call) != ticket.Generation =>
            Untaken.On(ticket, call, now),
        (_, Answer.Done { Result: GroupTicketGone gone }) when !ticket.Has(gone.ItopId) => Upsert.Carry(ticket, call),
        (ItopCall.Settle, Answer.Done { Result: Settled settled }) when ticket.Stopped is null =>
            ticket.LeavesFree(settled.Read.Id) ? ticket.Calling(new ItopCall.LetGo(settled.Read.Id)) : ticket,
        (ItopCall.Settle, Answer.Done { Result: Settled settled }) => GoOn(
            With(settled.Files, Mended(Binding.Settled(ticket, settled, rules, now), ticket, now))
        ),
        (ItopCall.Settle, Answer.Done { Result: NotAdopted refused }) => ticket.Stopped is null
            ? ticket
            : Mended(Binding.Stop(ticket, refused.Why, now), ticket, now),
        (_, Answer.Done { Result: Carried }) => Upsert.Carry(ticket, call),
        (ItopCall.Write write, _) when write.Generation != ticket.Generation => ticket,
        (_, Answer.Done { Result: GroupTicketGone gone }) => Mended(Readings.Gone(ticket, gone, now), ticket, now),
        (ItopCall.Create create, Answer.Done { Result: ItopRead read }) => Mended(
            Readings.Opened(ticket.WithoutCreation(create.Generation), read, rules, now),
            ticket,
            now
        ),
        (ItopCall.Write write, Answer.Done { Result: Written written }) => Mended(
            Readings.Done(ticket, write, written, rules, now),
            ticket,
            now
        ),
        (ItopCall.Write, Answer.Refused) => Mended(Readings.Refused(ticket, rules, now), ticket, now),
        (ItopCall.Read, Answer.Done { Result: TicketRead read }) => Mended(Readings.On(ticket, read, rules, now), ticket, now),
        (ItopCall.Attach, Answer.Done { Result: string id }) => ticket with { Files = [.. ticket.Files, id] },
        (ItopCall.Fetch, Answer.Done { Result: FileClaim file }) when Echo.IsOurs(ticket, file) => ticket,
        (ItopCall.Fetch fetch, Answer.Done { Result: FileClaim file }) => Decided.Say(
            ticket,
            new GroupAttached(ticket.Heading(now, $"itop-file-{fetch.AttachmentId}"), file)
        ),
        _ => ticket,
    };

    /// <summary>The latest creation given up ends the link; anything else is skipped alone.</summary>
    public Decided<GroupTicket> Skipped(GroupTicket ticket, object? dropped, DateTimeOffset now)
    {
        int? creation = dropped is PendingCall { Kind: "create" } call ? ((ItopCall.Create)Calls.Read(call)).Generation : null;
        if (creation is { } generation)
            ticket = ticket.WithoutCreation(generation);
        var asked = dropped switch
        {
            TicketEscalated one => Asked.From(one),
            GroupLinkWanted wanted => Asked.From(wanted),
            PendingCall when creation == ticket.Generation => ticket.Asked,
            PendingCall { Kind: "adopt" } one when ((ItopCall.Adopt)Calls.Read(one)).Generation == ticket.Generation =>
                ticket.Asked,
            _ => null,
        };
        // What was read while it was to move the ticket counts after all.
        if (dropped is PendingCall { Kind: "write" } write && ((ItopCall.Write)Calls.Read(write)).Wish == ticket.Moving)
            return Mended(Readings.Refused(ticket, rules, now), ticket, now);
        if (asked is null || (Upsert.Fresh(ticket, asked) ?? ticket) is not { ItopId: null } given)
            return ticket;
        var heading = asked.Heading with { OccurredAt = now, SourceId = $"given-up:{asked.Ticket.Generation}" };
        return Decided
            .Say(given with { GivenUp = true, ClosedAt = now }, new OpeningGivenUp(heading, null))
            .And(Upsert.LetGo(ticket).Select(free => free.ToEffect()));
    }

    public string? Owner(GroupTicket ticket, object? message) =>
        ((message as Fact)?.Heading ?? ticket.Asked?.Heading)?.School;

    public void Took(object cause, Decided<GroupTicket> decided, DateTimeOffset now)
    {
        if (decided.State.Strange > 0)
            strange.Add(decided.State.Strange);
        stopped.Add(decided.Says.Count(said => said is LinkStopped { Why: "key" or "organisation" or "started" }));
        created.Add(Pairing.IsTakenOver(decided.State) ? 0 : decided.Says.OfType<GroupTicketOpened>().Count());
    }

    /// <summary>Before, a creation's call held all that was asked for, and a route without a name was none.</summary>
    public JsonObject Upcast(int schema, JsonObject document)
    {
        if (document["state"] is not JsonObject state)
            return document;
        if (state["asked"] is JsonObject asked && (string?)asked["route"]?["brique"] == "")
            asked.Remove("route");
        var creations = new JsonObject();
        foreach (var call in document["lanes"]?[Lanes.Writes]?["calls"]?.AsArray() ?? [])
        {
            if ((string?)call!["kind"] != "create")
                continue;
            call["body"]!.AsObject().Remove("asked", out var creation);
            var generation = (int)creation!["ticket"]!["generation"]!;
            creations[$"{generation}"] = creation;
            call["body"] = new JsonObject { ["generation"] = generation };
        }
        state["creations"] = creations;
        return document;
    }

    public DateTimeOffset? Expires(GroupTicket ticket) => ticket.ClosedAt + KeptAfterClosure ?? ticket.FoundAt + KeptOnceFound;

    /// <summary>Of what was never opened, or only found and never a school ticket's, too: what was said of it counts.</summary>
    public GroupTicket? Tombstone(GroupTicket ticket, DateTimeOffset now) =>
        ticket is { Asked: null, FoundAt: null }
        || (ticket.Asked is { } asked && rules.Schools?.Contains(asked.Heading.School) == false)
            ? null
            : ticket.Tombstone();

    static Decided<GroupTicket> OnAttachment(GroupTicket ticket, AttachmentSeen seen) =>
        ticket.ItopId != seen.ItopId || ticket.Stopped is not null || ticket.Files.Contains(seen.AttachmentId)
            ? ticket
            : (ticket with { Files = [.. ticket.Files, seen.AttachmentId] }).Calling(
                new ItopCall.Fetch(seen.AttachmentId, seen.ItopId)
            );

    // Its files were there before it was ours: the poll of new ones has passed them by.
    Decided<GroupTicket> Adopt(GroupTicket ticket, Adopted adopted, DateTimeOffset now) =>
        With(adopted.Files, Mended(Readings.Opened(ticket, adopted.Read, rules, now), ticket, now));

    static Decided<GroupTicket> With(IReadOnlyList<string> files, Decided<GroupTicket> said)
    {
        var news = files.Except(said.State.Files).ToList();
        return (said with { State = said.State with { Files = [.. said.State.Files, .. news] } }).And(
            news.Select(file => new ItopCall.Fetch(file, said.State.ItopId).ToEffect())
        );
    }

    // What a reading shows to be missing of ours is written again.
    static Decided<GroupTicket> Mended(Decided<GroupTicket> said, GroupTicket before, DateTimeOffset now)
    {
        if (said.State.Stopped is not null)
            return said;
        var mended = Upsert.Mend(said.State, now);
        var both = mended with { Effects = [.. said.Effects, .. mended.Effects] };
        var newlyMissing = mended.State.Entries.Any(entry => entry.MissingSince == now);
        return newlyMissing && before.Asked is { } asked
            ? both.And(new Effect.Remind("look-again", now + Diff.Patience, new LookAgain(asked.Heading.TicketId)))
            : both;
    }

    static Decided<GroupTicket> GoOn(Decided<GroupTicket> decided) =>
        decided.And(new Effect.GoOn(Lanes.Writes), new Effect.GoOn(Lanes.Reads));
}
