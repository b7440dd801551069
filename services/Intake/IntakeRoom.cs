using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake;

/// <summary>The documents of the intake: one per ticket of a school, handed over.</summary>
sealed class IntakeRoom(IReadOnlyDictionary<string, School> schools, IReadOnlyDictionary<string, IDialect> dialects) : IRoom<SchoolSide>
{
    // What was said is kept for repeats that long after the end; a ticket that never ends is forgotten when its tool says nothing of it for more than a year.
    static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(30);
    static readonly TimeSpan KeptInSilence = TimeSpan.FromDays(400);

    public string Name => "intake";

    public SchoolSide Empty => SchoolSide.Unheard;

    public Decided<SchoolSide> Decide(SchoolSide known, object message, DateTimeOffset now)
    {
        var delivery = (Delivery)message;
        var reading = dialects[delivery.Dialect].Read(delivery.Post, schools[delivery.School], known);
        return new(reading.Known.After(reading.Facts, delivery.Received), [.. reading.Facts.Select(fact => new Effect.Say(fact))]);
    }

    /// <summary>A handover that could not be read and was given up: the school hears of it. Nothing is told of a post whose ticket is unknown.</summary>
    public Decided<SchoolSide> GaveUp(SchoolSide known, object? dropped, DateTimeOffset now)
    {
        if (known.HandedOver || dropped is not Delivery { Key: { HandsOver: true, Ticket: var ticket } } delivery || Key.IsUnread(ticket))
            return known;
        var heading = new Heading(TicketIds.OfSchool(delivery.School, ticket), delivery.School, now, $"given-up:{delivery.Key.Delivery}");
        return new(known, [new Effect.Say(new HandoverGivenUp(heading, new SchoolTicket(ticket, ticket)))]);
    }

    public DateTimeOffset? Expires(SchoolSide side) => side.Ended + KeptAfterEnd ?? side.LastHeard + KeptInSilence;

    public void Took(object cause, Decided<SchoolSide> decided, DateTimeOffset now) =>
        IntakeMetrics.Accepted(((Delivery)cause).School, decided.Effects.OfType<Effect.Say>().FirstOrDefault()?.Message);
}
