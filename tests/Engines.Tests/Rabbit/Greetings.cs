using System.Text.Json;
using System.Text.Json.Serialization;
using GroupTicketing.Platform;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Engines.Tests;

/// <summary>The only message of these tests.</summary>
public sealed record Greeting(string Ticket, string Text, long Epoch, long Number)
{
    /// <summary>Members of a later release, as facts keep them.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>What a service heard.</summary>
public sealed record Greetings(IReadOnlyList<string> Lines);

/// <summary>A service that keeps what it hears.</summary>
sealed class GreetingDecider(string name) : IDecider<Greetings>
{
    /// <summary>A greeting that cannot be decided on.</summary>
    public const string Broken = "broken";

    public string Name => name;

    public Greetings Empty => new([]);

    public Decided<Greetings> Decide(Greetings state, object message, DateTimeOffset now) =>
        ((Greeting)message).Text == Broken
            ? throw new FormatException("a greeting of the test's")
            : state with
            {
                Lines =
                [
                    .. state.Lines,
                    ((Greeting)message).Text,
                    .. ((Greeting)message).Unknown?.Select(member => $"{member.Key}={member.Value}") ?? [],
                ],
            };
}

/// <summary>What the mechanism must know of greetings.</summary>
sealed class GreetingMessages : IMessages
{
    public IReadOnlyList<string> Services => ["speaker", "listener"];

    public string TicketOf(object message) => ((Greeting)message).Ticket;

    public string StreamOf(object message) => "speaker-listener";

    public Hearing HearingOf(object message) =>
        new("speaker-listener", new Place(((Greeting)message).Epoch, ((Greeting)message).Number), null, message);

    public object At(object message, Place place) => (Greeting)message with { Epoch = place.Epoch, Number = place.Number };

    public Type TypeOf(string name) => typeof(Greeting);

    public string SpeakerOf(string stream) => "speaker";
}

/// <summary>A store that is away for its first writes.</summary>
sealed class Away(IStore inner, int failures) : StoreAround(inner), IAsyncDisposable
{
    readonly IAsyncDisposable? disposable = inner as IAsyncDisposable;
    int left = failures;

    public override Task<bool> Save(StoredDocument document, IReadOnlyList<PendingLane> pending, CancellationToken ct) =>
        Interlocked.Decrement(ref left) >= 0
            ? throw new StoreUnavailableException("the test took the store away")
            : base.Save(document, pending, ct);

    public ValueTask DisposeAsync() => disposable?.DisposeAsync() ?? ValueTask.CompletedTask;
}
