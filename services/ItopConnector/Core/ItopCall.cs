using System.Text.Json.Serialization;
using GroupTicketing.Contracts;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.ItopConnector.Core;

/// <summary>A call to iTop.</summary>
public abstract record ItopCall
{
    /// <summary>The group's iTop, as a target.</summary>
    public const string Target = "itop";

    ItopCall()
    {
    }

    // What may wait for a person, and what the conversation does not wait for, has a lane of its own.
    string Lane => this switch
    {
        Read or Fetch or LetGo => Lanes.Reads,
        Settle => Lanes.Settles,
        Twins => Lanes.Doubles,
        _ => Lanes.Writes,
    };

    /// <summary>Its name in stored form.</summary>
    [JsonIgnore]
    public string Kind => GetType().Name.ToLowerInvariant();

    /// <summary>To be done, in its lane.</summary>
    public Effect ToEffect() => new Effect.Call(Lane, Target, Kind, this);

    /// <summary>Create what the document holds under that generation.</summary>
    public sealed record Create(int Generation = 1) : ItopCall;

    /// <summary>Take the request of that reference, which somebody else opened.</summary>
    public sealed record Adopt(string Reference, int Generation = 1) : ItopCall;

    /// <param name="Number">The entry's visible number; null for a wish without a text.</param>
    /// <param name="Generation">Which group ticket of this school ticket is meant.</param>
    public sealed record Write(GroupWish Wish, int? Number, string? Text, int Generation = 1) : ItopCall;

    /// <summary>A note for the team, in the private log.</summary>
    public sealed record Remind(string Text, int Generation = 1) : ItopCall;

    public sealed record Attach(FileClaim File, int Generation = 1) : ItopCall;

    /// <summary>Another request bears this ticket's key: keep one.</summary>
    public sealed record Twins : ItopCall;

    /// <summary>Read what a person says that a stopped link is of.</summary>
    /// <param name="Reference">Null: the same request as before.</param>
    public sealed record Settle(string? Reference) : ItopCall;

    public sealed record Read : ItopCall;

    /// <param name="ItopId">The request it stands on; null: a release before 0.3 wrote it, and it is the link's.</param>
    public sealed record Fetch(string AttachmentId, string? ItopId = null) : ItopCall;

    /// <summary>The request of that id is this ticket's no longer: another may have it. iTop is asked nothing.</summary>
    public sealed record LetGo(string ItopId) : ItopCall;
}

/// <summary>The lanes of a group ticket.</summary>
public static class Lanes
{
    /// <summary>Writes, in order.</summary>
    public const string Writes = "itop";

    /// <summary>Readings and files, which no write waits for.</summary>
    public const string Reads = "itop-read";

    /// <summary>What a person says of a stopped link, which what waits behind the stop must not hold up.</summary>
    public const string Settles = "itop-settle";

    /// <summary>Requests opened twice, for which the conversation does not wait.</summary>
    public const string Doubles = "itop-twins";
}
