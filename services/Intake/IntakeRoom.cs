using GroupTicketing.Directory;
using GroupTicketing.Intake.Core;
using GroupTicketing.Platform;

namespace GroupTicketing.Intake;

/// <summary>The documents of the intake: one per ticket of a school, handed over.</summary>
sealed class IntakeRoom(IReadOnlyDictionary<string, School> schools, IReadOnlyDictionary<string, IDialect> dialects) : IRoom<SchoolSide>
{
    public string Name => "intake";

    public SchoolSide Empty => SchoolSide.Unheard;

    public Decided<SchoolSide> Decide(SchoolSide known, object message, DateTimeOffset now)
    {
        var delivery = (Delivery)message;
        var reading = dialects[delivery.Dialect].Read(delivery.Post, schools[delivery.School], known);
        return new(reading.Known, [.. reading.Facts.Select(fact => new Effect.Say(fact))]);
    }
}
