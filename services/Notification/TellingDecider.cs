using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using GroupTicketing.Contracts;
using GroupTicketing.Notification.Core;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;
using GroupTicketing.Registry;

namespace GroupTicketing.Notification;

/// <summary>The documents of Notification: one per ticket.</summary>
sealed class TellingDecider(IReadOnlyDictionary<string, School> schools) : IDecider<SchoolTelling>
{
    const string Lane = "school";

    static readonly Counter<long> told = Telemetry.Meter.CreateCounter<long>(
        "groupticketing.told",
        "{callback}",
        "Callbacks that a school's tool took."
    );

    static readonly TimeSpan Kept = TimeSpan.FromDays(120);

    public string Name => "notification";

    // 2: a callback's id is a member of its own.
    public int Schema => 2;

    public SchoolTelling Empty => SchoolTelling.Unheard;

    public Decided<SchoolTelling> Decide(SchoolTelling telling, object message, DateTimeOffset now)
    {
        var wanted = (Fact)message;
        var known = telling with { School = wanted.Heading.School, LastWanted = now };
        // A school without a callback only asks: it reads its tickets itself.
        if (schools.GetValueOrDefault(wanted.Heading.School)?.Callback is null)
            return known;
        var callback = Telling.From(wanted);
        return new(known, [new Effect.Call(Lane, $"school:{wanted.Heading.School}", callback.Kind, callback)]);
    }

    public Decided<SchoolTelling> Settle(SchoolTelling telling, Attempt attempt, Answer answer, DateTimeOffset now)
    {
        var noted = answer.Result is AttemptMade made ? telling.With(made) : telling;
        var callback = Json.Read<Telling>(attempt.Call.Body);
        var heading = new Heading(callback.Wanted.Heading.TicketId, callback.Wanted.Heading.School, now);
        return answer switch
        {
            Answer.Done { Result: AttemptMade { Status: { } status } } => Decided.Say(
                noted with
                {
                    Told = noted.Told + 1,
                },
                new SchoolTold(heading, callback.News, status, attempt.Number)
            ),
            Answer.Refused refused => Decided.Say(noted, new SchoolUnreachable(heading, callback.News, refused.Reason)),
            _ => noted,
        };
    }

    public string? Owner(SchoolTelling telling, object? message) => (message as Fact)?.Heading.School ?? telling.School;

    public void Took(object cause, Decided<SchoolTelling> decided, DateTimeOffset now)
    {
        foreach (var taken in decided.Says.OfType<SchoolTold>())
            told.Add(1, new KeyValuePair<string, object?>("school", taken.Heading.School));
    }

    /// <summary>Before, what was pending was the fact itself, with the id among its members.</summary>
    public JsonObject Upcast(int schema, JsonObject document)
    {
        foreach (var call in document["lanes"]?[Lane]?["calls"]?.AsArray() ?? [])
        {
            var wanted = call!["body"]!.AsObject();
            wanted.Remove("messageId", out var id);
            call["body"] = null;
            call["body"] = new JsonObject { ["id"] = id, [(string?)call["kind"] == "opened" ? "opened" : "update"] = wanted };
        }
        foreach (var attempt in (document["state"]?["attempts"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (attempt.Remove("debt", out var call))
                attempt["call"] = call;
        }
        return document;
    }

    public string? Shelf(SchoolTelling telling) => telling.School;

    public SchoolTelling? Tombstone(SchoolTelling telling, DateTimeOffset now) =>
        telling.School is { } school && schools.ContainsKey(school)
            ? new SchoolTelling { School = school, LastWanted = telling.LastWanted }
            : null;

    public DateTimeOffset? Expires(SchoolTelling telling) => telling.LastWanted + Kept;
}
