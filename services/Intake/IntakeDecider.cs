using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Intake.Core;
using GroupTicketing.Intake.Dialects;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Intake;

/// <summary>The documents of the intake: one per ticket of a school, handed over.</summary>
sealed class IntakeDecider(IReadOnlyDictionary<string, School> schools, IReadOnlyDictionary<string, IDialect> dialects)
    : IDecider<SchoolSide>
{
    // What was said is kept for repeats that long after the end; a ticket that never ends is forgotten when its tool
    // says nothing of it for more than a year.
    static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(30);
    static readonly TimeSpan KeptInSilence = TimeSpan.FromDays(400);

    static readonly string Stream = Listeners.For(typeof(TicketOpened)).Stream;

    public string Name => "intake";

    // 2: source ids bear their kind.
    public int Schema => 2;

    public SchoolSide Empty => SchoolSide.Unheard;

    public Decided<SchoolSide> Decide(SchoolSide known, object message, DateTimeOffset now)
    {
        var delivery = (Delivery)message;
        var read = dialects[delivery.Dialect].Read(delivery.Post, schools[delivery.School], known);
        return known.IsTombstone ? known.LongAfter(read, delivery.Received) : SchoolSide.After(read, delivery.Received);
    }

    public string? Owner(SchoolSide known, object? message) => (message as Delivery)?.School ?? known.School;

    /// <summary>A handover that could not be read and was given up: the school hears of it. Nothing is told of a post
    /// whose ticket is unknown.</summary>
    public Decided<SchoolSide> Skipped(SchoolSide known, object? dropped, DateTimeOffset now)
    {
        if (
            known.HandedOver
            || dropped is not Delivery { Key: { HandsOver: true, Ticket: var ticket } } delivery
            || Key.IsUnread(ticket)
        )
            return known;
        var heading = new Heading(
            TicketIds.OfSchool(delivery.School, ticket),
            delivery.School,
            now,
            $"given-up:{delivery.Key.Delivery}"
        );
        return Decided.Say(known, new HandoverGivenUp(heading, new SchoolTicket(ticket, ticket)));
    }

    public JsonObject Upcast(int schema, JsonObject document)
    {
        if (document["state"] is not JsonObject state || document["streams"]?[Stream] is not { } stream)
            return document;
        var said = stream["messages"]?.AsArray() ?? [];
        state["takenBefore"] = new JsonArray([.. said.Select(TakenAs).OfType<string>().Select(one => (JsonNode)one)]);
        state["keepsFormerIds"] = (long?)stream["last"]?["number"] > said.Count;
        return document;
    }

    // A ticket of Request Tracker has had ids with their kind from the first.
    static string? TakenAs(JsonNode? said) =>
        (string?)said?["body"]?["heading"]?["sourceId"] is { } source && !source.StartsWith("rt-txn-", StringComparison.Ordinal)
        ? GenericSource.Taken(((string?)said["type"] ?? "").Split('.')[^1], source)
        : null;

    public DateTimeOffset? Expires(SchoolSide side) => side.Ended + KeptAfterEnd ?? side.LastHeard + KeptInSilence;

    public SchoolSide? Tombstone(SchoolSide side, DateTimeOffset now) =>
        side.School is { } school && schools.ContainsKey(school) ? side.Tombstone() : null;

    public void Took(object cause, Decided<SchoolSide> decided, DateTimeOffset now) =>
        IntakeMetrics.Accepted(((Delivery)cause).School, decided.Says.FirstOrDefault());
}
