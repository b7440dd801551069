using GroupTicketing.Contracts;
using GroupTicketing.Platform;

namespace GroupTicketing.Host;

/// <summary>What the mechanism must know of the product's messages, as the contracts tell it.</summary>
public sealed class FactMessages(IEnumerable<Type> ownMessages) : IMessages
{
    readonly Dictionary<string, Type> types = Listeners.Facts.Concat(ownMessages).ToDictionary(type => type.FullName!);
    readonly Dictionary<string, string> speakers = Listeners.Table.ToDictionary(row => row.Stream, row => row.Speaker);

    public string TicketOf(object message) => ((Fact)message).Heading.TicketId.ToString("N");

    public string StreamOf(object message) => Listeners.For(message.GetType()).Stream;

    public Hearing HearingOf(object message)
    {
        var heading = ((Fact)message).Heading;
        return new Hearing(
            StreamOf(message),
            new Place(heading.Epoch, heading.Number, heading.Began, heading.Before),
            heading.SourceId,
            message
        );
    }

    public object At(object message, Place place) => ((Fact)message).At(place.Epoch, place.Number, place.Began, place.Before);

    public Type TypeOf(string name) => types[name];

    public IReadOnlyList<string> Services { get; } =
    [.. Listeners.Table.SelectMany(row => new[] { row.Speaker, row.Listener }).Distinct()];

    public string SpeakerOf(string stream) => speakers.GetValueOrDefault(stream, "");

    /// <summary>Which service hears which fact in which queue: its listener, and the Portal.</summary>
    public static IReadOnlyList<Subscription> Subscriptions() =>
        [
            .. Listeners
                .Table.Where(row => row.Queue != Listeners.ObserverQueue)
                .SelectMany(row => row.Facts, (row, fact) => new Subscription(row.Queue, row.Listener, fact, row.Stream)),
            .. Listeners.Table.SelectMany(
                row => row.Facts,
                (row, fact) => new Subscription(Listeners.ObserverQueue, "portal", fact, row.Stream)
            ),
        ];

    /// <summary>Every listener's queue.</summary>
    public static IEnumerable<string> Queues() => Subscriptions().Select(subscription => subscription.Queue).Distinct();
}
