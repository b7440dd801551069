using System.Text.Json;
using System.Text.Json.Serialization;
using GroupTicketing.Platform;

namespace GroupTicketing.Engines.Tests;

/// <summary>The only message of these tests.</summary>
public sealed record Greeting(string Ticket, string Text, long Epoch, long Number)
{
    /// <summary>Members of a later release, as facts keep them.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>What a room heard.</summary>
public sealed record Greetings(IReadOnlyList<string> Lines);

/// <summary>A room that keeps what it hears.</summary>
sealed class GreetingRoom(string name) : IRoom<Greetings>
{
    /// <summary>A greeting that cannot be decided on.</summary>
    public const string Broken = "broken";

    public string Name => name;

    public Greetings Empty => new([]);

    public Decided<Greetings> Decide(Greetings state, object message, DateTimeOffset now) => ((Greeting)message).Text == Broken
        ? throw new FormatException("a greeting of the test's")
        : state with { Lines = [.. state.Lines, ((Greeting)message).Text, .. ((Greeting)message).Unknown?.Select(member => $"{member.Key}={member.Value}") ?? []] };
}

/// <summary>What the mechanism must know of greetings.</summary>
sealed class GreetingMessages : IMessages
{
    public IReadOnlyList<string> Rooms => ["speaker", "listener"];

    public string TicketOf(object message) => ((Greeting)message).Ticket;

    public string StreamOf(object message) => "speaker-listener";

    public Hearing HearingOf(object message) => new("speaker-listener", new Place(((Greeting)message).Epoch, ((Greeting)message).Number), null, message);

    public object At(object message, Place place) => (Greeting)message with { Epoch = place.Epoch, Number = place.Number };

    public Type TypeOf(string name) => typeof(Greeting);

    public string SpeakerOf(string stream) => "speaker";
}

/// <summary>A store that is away for its first writes.</summary>
sealed class Away(IStore inner, int failures) : IStore, IAsyncDisposable
{
    int left = failures;

    public long Epoch => inner.Epoch;

    public ValueTask<StoredDocument?> Load(string key, CancellationToken ct) => inner.Load(key, ct);

    public Task<bool> Save(StoredDocument document, IReadOnlyList<Owed> owed, CancellationToken ct) =>
        Interlocked.Decrement(ref left) >= 0 ? throw new StoreUnavailableException("the test took the store away") : inner.Save(document, owed, ct);

    public Task<IReadOnlyList<StoredDocument>> List(string room, string? shelf, DateTimeOffset? before, int limit, CancellationToken ct) => inner.List(room, shelf, before, limit, ct);

    public Task<IReadOnlyList<Owed>> Due(string target, DateTimeOffset now, int limit, CancellationToken ct) => inner.Due(target, now, limit, ct);

    public Task<IReadOnlyList<Owed>> AllOwed(string? key, int limit, CancellationToken ct) => inner.AllOwed(key, limit, ct);

    public Task<IReadOnlyList<(string Target, int Count, DateTimeOffset Oldest)>> OwedByTarget(CancellationToken ct) => inner.OwedByTarget(ct);

    public Task PutSide(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) => inner.PutSide(collection, key, body, expires, ct);

    public Task<byte[]?> PutSideOnce(string collection, string key, byte[] body, DateTimeOffset? expires, CancellationToken ct) => inner.PutSideOnce(collection, key, body, expires, ct);

    public ValueTask<byte[]?> GetSide(string collection, string key, CancellationToken ct) => inner.GetSide(collection, key, ct);

    public Task<IReadOnlyList<(string Key, byte[] Body)>> ListSide(string collection, string prefix, CancellationToken ct) => inner.ListSide(collection, prefix, ct);

    public Task DeleteSide(string collection, string key, CancellationToken ct) => inner.DeleteSide(collection, key, ct);

    public Task<int> DeleteExpired(DateTimeOffset now, CancellationToken ct) => inner.DeleteExpired(now, ct);

    public ValueTask DisposeAsync() => inner is IAsyncDisposable store ? store.DisposeAsync() : ValueTask.CompletedTask;
}
