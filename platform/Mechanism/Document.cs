using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GroupTicketing.Platform.Deciding;

namespace GroupTicketing.Platform;

/// <summary>
/// What one service knows of one ticket and what is still pending for it: the unit of every write. Stored as JSON; members
/// this release does not know survive a round trip.
/// </summary>
/// <typeparam name="TState">The service's own state, immutable.</typeparam>
public sealed class Document<TState>
{
    /// <summary>The service's schema number when it was last written; an older state is upcast when read.</summary>
    public int Schema { get; set; }

    /// <summary>The service's own state.</summary>
    public required TState State { get; set; }

    /// <summary>The place last taken of each incoming stream.</summary>
    public Dictionary<string, Place> Heard { get; init; } = [];

    /// <summary>The place last taken of other epochs of an incoming stream, see <see cref="Place.MostBefore"/>; with
    /// number 0 an epoch is only known, and where it began.</summary>
    public Dictionary<string, List<Place>> HeardBefore { get; init; } = [];

    /// <summary>Short hashes of the source ids taken, oldest first; see <see cref="Inbox.MostSourceIds"/>.</summary>
    public List<string> Taken { get; init; } = [];

    /// <summary>What came too early, or while in quarantine, in order of arrival; see <see cref="Inbox.MostWaiting"/>.</summary>
    public List<Waiting> Waiting { get; init; } = [];

    /// <summary>How many more wait apart, in the side collection.</summary>
    public int WaitingApart { get; set; }

    /// <summary>Counts the pieces ever laid apart, for their keys.</summary>
    public long LaidApart { get; set; }

    /// <summary>What came of its changes since it was opened or last saved, beside what is stored of it.</summary>
    internal Unsaved<TState> Unsaved { get; set; } = new();

    /// <summary>When a missing message was last asked for, by stream.</summary>
    public Dictionary<string, DateTimeOffset> Asked { get; init; } = [];

    /// <summary>What was said in each outgoing stream.</summary>
    public Dictionary<string, OutgoingStream> Streams { get; init; } = [];

    /// <summary>Calls decided but not yet done, by lane.</summary>
    public Dictionary<string, Lane> Lanes { get; init; } = [];

    /// <summary>Counts the calls ever decided, for their ids.</summary>
    public long CallsMade { get; set; }

    /// <summary>When it became a tombstone: what little of it is kept knows the ticket again, and the places of its
    /// streams. Null: it lives.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>The message that could not be decided; everything later waits behind it.</summary>
    public Quarantine? Quarantine { get; set; }

    /// <summary>Members of another release.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A message as it arrives at a document.</summary>
/// <param name="Stream">Its stream, or null for what came through a door (a webhook, a read, an answer) and has no
/// number.</param>
/// <param name="Place">Its place in the stream.</param>
/// <param name="SourceId">The tool's own id of it, for dropping repeats; null for none.</param>
/// <param name="Message">The message.</param>
public sealed record Hearing(string? Stream, Place Place, string? SourceId, object Message);

/// <summary>A message that waits in a document, serialized.</summary>
public sealed record Waiting(string? Stream, Place Place, string? SourceId, string Type, JsonElement Body, DateTimeOffset Since)
{
    /// <summary>Members of another release.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>Why a document takes nothing more until a person releases it.</summary>
/// <param name="Message">The message that could not be decided.</param>
/// <param name="Reason">The exception's type and where it was thrown; never its text, which may quote the message.</param>
public sealed record Quarantine(Waiting Message, string Reason, DateTimeOffset Since, string? Owner = null);

/// <summary>What goes with the next save of a document, and is over with it.</summary>
sealed class Unsaved<TState>
{
    /// <summary>The keys of the pieces that were read back from apart: deleted with it.</summary>
    public List<string> Fetched { get; } = [];

    /// <summary>What is to lie apart.</summary>
    public List<Piece> Pieces { get; } = [];

    /// <summary>What was said, in order, as far as no listener has it.</summary>
    public List<News> News { get; } = [];

    /// <summary>What was decided: told to the service afterwards.</summary>
    public List<(object Cause, Decided<TState> Decided)> Decisions { get; } = [];

    /// <summary>The kinds of messages that quarantined it.</summary>
    public List<string> Quarantines { get; } = [];
}

/// <summary>A message that was said just now.</summary>
readonly record struct News(string Stream, Place Place, object Message);

/// <summary>Documents to and from bytes; older schemas are brought up when read, unknown members survive, long texts
/// lie apart.</summary>
sealed class DocumentCodec<TState>(IDecider<TState> decider, IStore store)
{
    readonly LongTexts texts = new(store);

    public Open<TState> Fresh() => new(new() { State = decider.Empty, Schema = decider.Schema }, null, AsStored: true);

    public async ValueTask<Open<TState>> Read(StoredDocument stored, CancellationToken ct)
    {
        var apart = new HashSet<string>();
        var body = await texts.PutBack(stored.Key, stored.Body, apart, ct);
        var (document, stateAsRead) = Read(body);
        return new(document, stored, AsStored: true) { Bytes = body.Length, Apart = apart, StateAsRead = stateAsRead };
    }

    public Open<TState> Write(string key, Open<TState> open, DateTimeOffset now)
    {
        var state = open.Document.State;
        var body = Written(open);
        var light = LongTexts.TakeOut(key, body, open.Apart, open.Document.Unsaved.Pieces);
        var (shelf, expires) = open.Document.Ended is { } ended
            ? (StoredDocument.Tombstones, ended + Documents<TState>.LookedAtAgain)
            : (decider.Shelf(state), decider.Expires(state));
        var stored = new StoredDocument(key, (open.Stored?.Version ?? 0) + 1, light, shelf, now, expires);
        return open with { Stored = stored, Bytes = body.Length };
    }

    (Document<TState> Document, JsonObject? StateAsRead) Read(byte[] body)
    {
        var schema = SchemaOf(body);
        if (schema >= decider.Schema)
            return Keeping(body);
        var older = JsonNode.Parse(body)!.AsObject();
        var document = Json.Read<Document<TState>>(decider.Upcast(schema, FormerNames.Replace(older)));
        document.Schema = decider.Schema;
        return (document, null);
    }

    // Read strictly first: only a state of another release costs more.
    static (Document<TState>, JsonObject?) Keeping(byte[] body)
    {
        try
        {
            return (JsonSerializer.Deserialize<Document<TState>>(body, Json.Strict)!, null);
        }
        catch (JsonException)
        {
            return (Json.Read<Document<TState>>(body), JsonNode.Parse(body)!["state"] as JsonObject);
        }
    }

    // Looked up before anything else is read, since this release may not be able to read an older state; it is the
    // first member written.
    static int SchemaOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("schema"u8);
            reader.Read();
            if (found)
                return reader.GetInt32();
            reader.Skip();
        }
        return 0;
    }

    static byte[] Written(Open<TState> open)
    {
        if (open.StateAsRead is not { } asRead)
            return Json.Write(open.Document);
        var written = JsonSerializer.SerializeToNode(open.Document, Json.Options)!;
        Json.KeepUnknown(asRead, written["state"]!, typeof(TState));
        return Json.Write(written);
    }
}
