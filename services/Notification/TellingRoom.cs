using System.Diagnostics.Metrics;
using GroupTicketing.Contracts;
using GroupTicketing.Directory;
using GroupTicketing.Notification.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Notification;

/// <summary>The documents of Notification: one per ticket.</summary>
sealed class TellingRoom(IReadOnlyDictionary<string, School> schools) : IRoom<SchoolTelling>
{
    static readonly Counter<long> told = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.told",
        "{callback}",
        "Callbacks that a school's tool took."
    );

    static readonly TimeSpan Kept = TimeSpan.FromDays(120);

    public string Name => "notification";

    public SchoolTelling Empty => SchoolTelling.Unheard;

    public Decided<SchoolTelling> Decide(SchoolTelling telling, object message, DateTimeOffset now)
    {
        var wanted = (Fact)message;
        var known = telling with { School = wanted.Heading.School, LastWanted = now };
        // A school without a callback only asks: it reads its tickets itself.
        return schools.GetValueOrDefault(wanted.Heading.School)?.Callback is null
            ? known
            : new Decided<SchoolTelling>(
                known,
                [new Effect.Call("school", $"school:{wanted.Heading.School}", Telling.KindOf(wanted), MessageId.Kept(wanted))]
            );
    }

    public Decided<SchoolTelling> Settle(SchoolTelling telling, Attempt attempt, Answer answer, DateTimeOffset now)
    {
        var noted = answer.Result is AttemptMade made ? telling.With(made) : telling;
        var wanted = Tellings.Read(attempt.Debt);
        var heading = new Heading(wanted.Heading.TicketId, wanted.Heading.School, now);
        return answer switch
        {
            Answer.Done { Result: AttemptMade { Status: { } status } } => Decided.Say(
                noted with
                {
                    Told = noted.Told + 1,
                },
                new SchoolTold(heading, Telling.NewsOf(wanted), status, attempt.Number)
            ),
            Answer.Refused refused => Decided.Say(noted, new SchoolUnreachable(heading, Telling.NewsOf(wanted), refused.Reason)),
            _ => noted,
        };
    }

    public string? Owner(SchoolTelling telling, object? message) => (message as Fact)?.Heading.School ?? telling.School;

    public void Took(object cause, Decided<SchoolTelling> decided, DateTimeOffset now)
    {
        foreach (var taken in decided.Says.OfType<SchoolTold>())
            told.Add(1, new KeyValuePair<string, object?>("school", taken.Heading.School));
    }

    public string? Shelf(SchoolTelling telling) => telling.School;

    public SchoolTelling? Tombstone(SchoolTelling telling, DateTimeOffset now) =>
        telling.School is { } school && schools.ContainsKey(school)
            ? new SchoolTelling { School = school, LastWanted = telling.LastWanted }
            : null;

    public DateTimeOffset? Expires(SchoolTelling telling) => telling.LastWanted + Kept;
}
