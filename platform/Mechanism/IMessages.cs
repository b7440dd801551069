namespace GroupTicketing.Platform;

/// <summary>What the mechanism must know of messages, without knowing any of them. The product's are told by its
/// contracts, the tests' by the tests.</summary>
public interface IMessages
{
    /// <summary>The ticket a message is about, as in the document keys.</summary>
    string TicketOf(object message);

    /// <summary>The stream it is said in.</summary>
    string StreamOf(object message);

    /// <summary>The message as it arrives: its stream, place and source id.</summary>
    Hearing HearingOf(object message);

    /// <summary>The same message at its place in its stream.</summary>
    object At(object message, Place place);

    /// <summary>The type stored under this name.</summary>
    /// <exception cref="KeyNotFoundException">No such message in this release.</exception>
    Type TypeOf(string name);

    /// <summary>The service that speaks in a stream.</summary>
    string SpeakerOf(string stream);

    /// <summary>Every service there is, whether it is open in this process or not.</summary>
    IReadOnlyList<string> Services { get; }
}

/// <summary>Messages to and from their stored form.</summary>
public static class StoredMessages
{
    /// <summary>A message as it waits.</summary>
    public static Waiting Wait(this IMessages _, Hearing hearing, DateTimeOffset now) =>
        new(
            hearing.Stream,
            hearing.Place,
            hearing.SourceId,
            hearing.Message.GetType().FullName!,
            Json.Element(hearing.Message),
            now
        );

    /// <summary>The message that waited.</summary>
    public static Hearing Unwait(this IMessages messages, Waiting waiting) =>
        new(waiting.Stream, waiting.Place, waiting.SourceId, Json.Read(waiting.Body, messages.TypeOf(waiting.Type)));

    /// <summary>The message that was said.</summary>
    public static object Unwait(this IMessages messages, StreamMessage said) => Json.Read(said.Body, messages.TypeOf(said.Type));

    /// <summary>The message a reminder was set for.</summary>
    public static Hearing Reminded(this IMessages messages, PendingCall call) =>
        new(null, default, null, Json.Read(call.Body, messages.TypeOf(call.Kind)));
}
